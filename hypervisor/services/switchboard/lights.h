/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Whose LED, torch, vibrator and backlight are the phone's: those of the persona in front. What the
 * others set waits until they are.
 */
#ifndef LIGHTS_H
#define LIGHTS_H

#include "drivers/board.h"
#include "vm/vlights.h"

/* VMs and screen before. told(): what a persona has set has changed, at most ten times a second. */
void lights_init(const struct board *board, void (*told)(const struct vm *vm));

/* Another persona is in front. */
void lights_front(const struct vm *vm);

#endif
