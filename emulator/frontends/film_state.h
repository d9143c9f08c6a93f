/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a film shall be, and what it is. */
#ifndef FRONTENDS_FILM_STATE_H
#define FRONTENDS_FILM_STATE_H

#include <stdbool.h>
#include <stdint.h>

struct film_options {
    const char *file; /* absolute; an existing one is replaced when the film ends */
    unsigned fps;     /* frames in a second at most */
    unsigned max_seconds;
    uint64_t max_bytes;
};

struct film_state {
    char *file; /* that is written now, or has been last; NULL: none yet */
    bool recording;
    double seconds;
    uint64_t bytes; /* of the file; these two once it is whole */
    unsigned frames;
    char *why; /* what ended it, in words; NULL: film_end() */
};

#endif
