/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The I2C and SMBus controllers in a persona's device tree, and what is on their buses. */
#ifndef PACK_GUEST_I2C_H
#define PACK_GUEST_I2C_H

#include "fdtwrite.h"
#include "plan.h"

/* `clock`: phandle of its clock. */
void pack_guest_i2c(struct pack_fdt *fdt, const struct pack_plan *plan, guint vm, guint32 clock);

/*
 * Whether its controllers are those that need few accesses: one with DMA for the I2C bus, and a
 * mailbox for the SMBus with the gauge. Debian has their drivers on arm64 only, and they use
 * memory, which a protected VM would have to share. Others have one controller without DMA for all.
 */
gboolean pack_guest_has_dma(const struct pack_plan *plan, guint vm);

/* The mailbox, which gets `phandle`, and its bus. */
void pack_guest_smbus(struct pack_fdt *fdt, const struct pack_plan *plan, guint vm,
                      guint32 phandle);

#endif
