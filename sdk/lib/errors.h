/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The errors of the control API: the word in a reply, the code in C, the exit status of booth. */
#ifndef BOOTH_ERRORS_H
#define BOOTH_ERRORS_H

#include "booth.h"

struct error_word {
    const char *word; /* NULL ends the list */
    enum booth_error code;
    int status;
};

/* Made from sdk/api/control.json. */
extern const struct error_word error_words[];

#endif
