/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * How far something is, as a bar on stderr with the time that is left: on a terminal only, and it
 * is wiped away at the end, so that results and logs are as without it.
 */
#ifndef BOOTH_PROGRESS_H
#define BOOTH_PROGRESS_H

#include <glib.h>

struct progress {
    gboolean shown; /* stderr is a terminal */
    gint64 begun_us, drawn_us;
    double first; /* how far it was at the first call; negative: not called yet */
};

void progress_begin(struct progress *progress);

/* `done`: 0 to 1. `what` is being done now. */
void progress_show(struct progress *progress, double done, const char *what);

/* The line is empty again. */
void progress_end(struct progress *progress);

/* The same until the next progress_show(), whoever shows one: something else is to be said. */
void progress_wipe(void);

/* The line as it is shown, at most `columns` wide; free with g_free(). `seconds` have passed since
 * it was `first` far. Pure. */
char *progress_line(double first, double done, double seconds, const char *what, int columns);

#endif
