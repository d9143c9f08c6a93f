/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The guests' gauges, each on an SMBus of its guest's. A gauge that has news holds SMBALERT# until
 * the guest has asked whose it is (SMBus 2.0, appendix A). A guest drives the bus by a mailbox
 * (slimpro.h); one that has no driver for that finds the gauge on its I2C bus as well (vi2c.h).
 */
#ifndef VSMBUS_H
#define VSMBUS_H

#include "i2cslave.h"
#include "vm.h"

/* The bus as a controller sees it; its owner is vsmbus_of() the guest. */
extern const struct i2c_bus_ops vsmbus_ops;
void *vsmbus_of(const struct vm *vm);

/* After the VMs are known, their virtio devices, and the board's gauge. */
void vsmbus_init(void);

/* A guest's write to register `offset` of its mailbox. */
void vsmbus_write(const struct vm *vm, uint32_t offset, uint32_t value);

/* SMBALERT# may have changed: a controller other than the mailbox has used the bus. */
void vsmbus_update(const struct vm *vm);

/* The board's gauge has news: so have the gauges that show what it says. */
void vsmbus_gauge_changed(void);

/* The VM starts anew: no transfer is under way. */
void vsmbus_reset_vm(const struct vm *vm);

#endif
