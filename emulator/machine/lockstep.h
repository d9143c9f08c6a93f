/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A machine whose time stands unless it is told to go on, by a tick at a time. Needs instruction
 * counting without sleep: a tick ends at an exact instruction. While the machine stands, no guest
 * executes anything, and what the host does then always meets it at the same instruction. No QEMU
 * types in this header.
 */
#ifndef MACHINE_LOCKSTEP_H
#define MACHINE_LOCKSTEP_H

#include <stdbool.h>
#include <stdint.h>

#define LOCKSTEP_TICK_MS 10 /* of the machine's time */

/* Main thread, between machine_init() and machine_start(): the machine stands before its first
 * instruction. */
void lockstep_start(void);

/*
 * Main thread, after qemu_init(): states that are saved have the machine's time where a machine
 * that counts instructions finds it, whether or not the one that is saved does.
 */
void lockstep_save_clock(void);

/*
 * Machine's thread, when a state was loaded and before the machine runs: its real-time clock goes
 * on where it was saved, not with the host's. Not in lockstep: nothing happens.
 */
void lockstep_take_over(void);

/* Machine's thread: its main loop has ended. Nobody waits for it any more. */
void lockstep_end(void);

/* The phone's thread: waits until all calls so far into the machine's main loop have been made. */
void lockstep_settle(void);

/*
 * The phone's thread: the machine goes on to its next tick; returns when it stands there, was
 * paused or has ended. False: it does not run, and nothing has happened.
 */
bool lockstep_step(void);

/*
 * Machine's thread: no tick begins any more, or they do again. Nothing of the machine changes: it
 * stands, as between any two ticks, where stopping it would lose whose turn it is among its CPUs.
 * False: the machine is not in lockstep.
 */
bool lockstep_hold(bool hold);

/* The machine's time at which it stands, or at which it stood last, in ns. From any thread. */
int64_t lockstep_now_ns(void);

/* How long all its ticks took, in ns: it begins at 0, also after a state was loaded. From any
 * thread. */
int64_t lockstep_passed_ns(void);

#endif
