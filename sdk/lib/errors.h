/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The errors of the control API: the word in a reply, the code in C, the exit status of booth. */
#ifndef BOOTH_ERRORS_H
#define BOOTH_ERRORS_H

#include "booth.h"

/* Exit codes of booth and booth-panel, documented in docs/booth.md and `booth help`. */
enum booth_exit {
    EXIT_DONE = 0,
    EXIT_REFUSED = 1,  /* the phone could not do it */
    EXIT_USAGE = 2,    /* the command line is wrong */
    EXIT_NO_PHONE = 3, /* no phone answers */
    EXIT_TIMEOUT = 4,
    EXIT_LOCAL = 5, /* something on this side failed: a file, a program, the standard output */
};

struct error_word {
    const char *word; /* NULL ends the list */
    BoothError code;
    int status; /* enum booth_exit */
};

/* Made from sdk/api/control.json. */
extern const struct error_word error_words[];

#endif
