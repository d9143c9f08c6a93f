/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* How far a process of this user is, another or this one, that reads a known number of bytes, shown
 * meanwhile. */
#ifndef BOOTH_IO_WATCH_H
#define BOOTH_IO_WATCH_H

#include "progress.h"

struct io_watch {
    struct progress progress;
    const char *what; /* in words */
    gint64 total;     /* bytes; 0: nothing is shown */
    gint64 first;     /* what it had read when it began */
    int process;
    gint ended;
    GThread *thread;
};

/* Begins to look at `process`, in a thread of its own. */
void io_watch_begin(struct io_watch *watch, int process, const char *what, gint64 total);
void io_watch_end(struct io_watch *watch);

#endif
