/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * LED, torch, vibrator, side switch and backlight as each persona has them: lines of a PL061 of its
 * own, and a chip on its I2C bus. What it sets is kept for it, whether it is in front or not.
 */
#ifndef VLIGHTS_H
#define VLIGHTS_H

#include "vm.h"

#define VLIGHTS_PAGE 0x1000u

/* Lines of the PL061: contracts.md, section 4 */
enum light { LIGHT_RED, LIGHT_GREEN, LIGHT_BLUE, LIGHT_TORCH, LIGHT_VIBRATOR, LIGHTS };
#define LIGHT_SWITCH 5u

struct lights_state {
    uint8_t on;        /* bit enum light */
    uint8_t backlight; /* 0 to 255 */
};

/* when_changed(): a persona has set something. Once. */
void vlights_init(void (*when_changed)(struct vm *vm));

/* An access to its PL061; what a read gives. */
uint32_t vlights_access(struct vm *vm, uint32_t offset, bool write, uint32_t value);

struct lights_state vlights_state(const struct vm *vm);

/* The chip on its bus has been written. */
void vlights_backlight(struct vm *vm, uint8_t level);

/* The side switch says silent, or no longer. */
void vlights_silent(bool silent);

/* The VM starts: all is dark, and the backlight on. */
void vlights_reset_vm(struct vm *vm);

#endif
