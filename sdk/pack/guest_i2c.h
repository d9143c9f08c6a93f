/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The I2C controller in a persona's device tree, and what is on its bus. */
#ifndef PACK_GUEST_I2C_H
#define PACK_GUEST_I2C_H

#include "fdtwrite.h"
#include "plan.h"

/* `clock`: phandle of its clock. */
void pack_guest_i2c(struct pack_fdt *fdt, const struct pack_plan *plan, guint vm, guint32 clock);

#endif
