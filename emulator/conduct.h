/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lockstep: the phone's thread and the machine take turns. While the machine runs for a tick,
 * nothing of the phone's is done; while something is done, the machine stands. It goes on only as
 * long as somebody waits for a guest (phone/clock.h).
 */
#ifndef EMULATOR_CONDUCT_H
#define EMULATOR_CONDUCT_H

#include "program.h"

/* The phone's thread, in place of its main loop: returns after conduct_end(). */
void conduct(struct program *program);

/* Main thread, when the machine has ended. */
void conduct_end(struct program *program);

#endif
