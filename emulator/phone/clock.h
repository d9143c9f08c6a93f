/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The clock by which the phone's thread waits: the host's, or that of a machine in lockstep
 * (machine/lockstep.h), which stands unless somebody waits for a guest. What a guest can feel, a
 * finger's way or the end of somebody's patience, follows this clock and no other.
 */
#ifndef PHONE_CLOCK_H
#define PHONE_CLOCK_H

#include <glib.h>
#include <stdbool.h>

enum clock_waits {
    CLOCK_MEANWHILE, /* when it is time, but time goes on for others only */
    CLOCK_DRIVES, /* somebody waits for this, or for what it limits: a machine in lockstep runs */
};

/* Main thread, before any other call here: the clock stands at 0 until clock_stand_at(). */
void clock_follow_machine(void);

/* The phone's thread: the machine stands at this time. Nothing happens with the host's clock. */
void clock_stand_at(gint64 us);

/* Microseconds; only differences mean anything. */
gint64 clock_us(void);

/* A source as g_timeout_source_new() makes it. */
GSource *clock_timeout_new(guint ms, enum clock_waits waits);

/* A source that drives has neither fired nor been destroyed: a machine in lockstep is to run. */
bool clock_is_driven(void);

#endif
