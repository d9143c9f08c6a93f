/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * How far something is, as a bar on stderr with the time that is left. It is on a terminal only,
 * and is wiped away at the end. Elsewhere what takes long says so in a line now and then, if it is
 * to.
 */
#ifndef BOOTH_PROGRESS_H
#define BOOTH_PROGRESS_H

#include <glib.h>

struct progress {
    gboolean shown; /* stderr is a terminal */
    gboolean lines; /* it is none: a line every ten seconds; progress_begin() says FALSE */
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

/* "40 %, 12 s left"; free with g_free(). As progress_line(), pure. */
char *progress_words(double first, double done, double seconds);

/* The line as it is shown, at most `columns` wide; free with g_free(). `seconds` have passed since
 * it was `first` far. Pure. */
char *progress_line(double first, double done, double seconds, const char *what, int columns);

#endif
