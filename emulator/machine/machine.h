/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The emulated machine: QEMU, made from a command line, run on a thread of its own. One per
 * process. No QEMU types in this header. Unless said otherwise, functions can be called from any
 * thread, return at once and take no lock of QEMU's.
 */
#ifndef MACHINE_MACHINE_H
#define MACHINE_MACHINE_H

#include "machine/call.h"
#include "screen/screen.h"

struct machine_events {
    void (*running)(void *opaque, bool running); /* went on or was paused */
    void (*stopped)(void *opaque, int status);   /* ended; disks are flushed */
    void *opaque;
};

/*
 * Main thread, once: makes the machine, its CPUs wait. QEMU ends the process with a line of its own
 * if it refuses `argv` (NULL-terminated), so check ahead what can be checked. The screen is brought
 * up to date as often as its sinks ask for.
 */
void machine_init(char **argv, struct screen *screen, const struct machine_events *events);

/* Main thread, after machine_init(): the machine's thread starts. */
void machine_start(void);

/* Main thread: waits until it has ended. Returns its exit status. */
int machine_join(void);

/* Asks it to end; disks are flushed. */
void machine_quit(void);

/* It stops, with its disks at rest, or goes on. */
void machine_pause(bool pause);

/* It is paused until machine_pause(false). One in lockstep cannot tell afterwards that it was. */
void machine_hold(void);

/* The machine's time in ns. */
int64_t machine_clock_ns(void);

#endif
