/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How far a VM's boot is, from what it writes to its console and from the switchboard's events.
 * Pure: no clock, no I/O.
 */
#ifndef PHONE_PROGRESS_H
#define PHONE_PROGRESS_H

#include <stdbool.h>

struct progress {
    unsigned percent;    /* 0..100, never goes back until progress_reset() */
    const char *stage;   /* in words, static */
    bool home_line;      /* the guest said that its home screen is there */
    bool scanout;        /* the switchboard has a first frame of it */
    const char *failure; /* the guest gave up: "kernel-panic", "start-failed"; NULL: it did not */
};

void progress_reset(struct progress *progress);

/* A console line. True when anything in `progress` changed. */
bool progress_line(struct progress *progress, const char *line);

/* The switchboard started it: its RAM is loaded, the kernel runs. True when changed. */
bool progress_started(struct progress *progress);

/* The switchboard shows its first frame. True when changed. */
bool progress_scanout(struct progress *progress);

/* The home screen is up: the guest said so and a frame of it was shown. */
bool progress_ready(const struct progress *progress);

#endif
