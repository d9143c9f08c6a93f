/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Display and sleep. A persona that suspends itself (PSCI SYSTEM_SUSPEND) while it is in front
 * turns the display off, too. Its devices are inactive then, so input cannot wake it; its
 * interrupts, turning the display on, and bringing it to the front can.
 */
#ifndef SLEEP_H
#define SLEEP_H

#include "vm/vm.h"

/* The display on or off, with the persona in front. */
void sleep_display(bool on);

/* vm is in a new state; it was in `before`. */
void sleep_follow(struct vm *vm, enum pb_vm_state before);

#endif
