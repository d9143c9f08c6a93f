/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The guests' I2C buses: a controller (dwi2c.h) for each persona, and what is behind it. A gauge
 * that has news holds SMBALERT# until the guest has asked whose it is (SMBus 2.0, appendix A).
 */
#ifndef VI2C_H
#define VI2C_H

#include "drivers/hid.h"
#include "vm.h"

#define VI2C_PAGE 0x1000u /* bytes of registers */

/* After the VMs are known, and the board's gauge and sensor hub. */
void vi2c_init(void);

/* A guest's access to register `offset`; the result is what a read gives. */
uint32_t vi2c_access(struct vm *vm, uint32_t offset, bool write, uint32_t value);

/* The board's gauge has news: so have the gauges that show what it says. */
void vi2c_gauge_changed(void);

/* The board's sensor of that number told something: so do those of guests that listen to it. */
void vi2c_sensor_news(unsigned number, const struct hid_report *report);

/* The VM starts anew: no transfer is under way. */
void vi2c_reset_vm(struct vm *vm);

#endif
