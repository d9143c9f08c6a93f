/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The I2C and SMBus controllers in a persona's device tree, and what is on their buses. */
#ifndef PACK_GUEST_I2C_H
#define PACK_GUEST_I2C_H

#include "fdtwrite.h"
#include "plan.h"

/* `clock`: phandle of its clock. */
void pack_guest_i2c(struct pack_fdt *fdt, const struct pack_plan *plan, guint vm, guint32 clock);

/*
 * Whether its gauge is on an SMBus with a mailbox as the controller: each access to the I2C
 * controller costs far more. Linux has a driver for it on arm64 only; the registers are among the
 * virtio slots, and a block goes through memory, which a protected VM would have to share.
 */
gboolean pack_guest_has_mailbox(const struct pack_plan *plan, guint vm);

/* The mailbox, which gets `phandle`, and its bus. */
void pack_guest_smbus(struct pack_fdt *fdt, const struct pack_plan *plan, guint vm,
                      guint32 phandle);

#endif
