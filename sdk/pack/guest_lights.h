/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* LEDs, torch, vibrator, side switch and backlight in a persona's device tree. */
#ifndef PACK_GUEST_LIGHTS_H
#define PACK_GUEST_LIGHTS_H

#include "fdtwrite.h"

/* The PL061 and what is on its lines. The GPIO gets the phandle `gpio`; `clock` is its clock's. */
void pack_guest_lights(struct pack_fdt *fdt, guint32 gpio, guint32 clock);

/* The backlight, inside the I2C controller's node. */
void pack_guest_backlight(struct pack_fdt *fdt);

#endif
