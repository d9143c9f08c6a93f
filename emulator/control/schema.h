/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sdk/api/control.json as C: which verbs there are, what members they take, what they need. */
#ifndef CONTROL_SCHEMA_H
#define CONTROL_SCHEMA_H

#include "control/args.h"

/* Each includes those before it. */
enum need {
    NEED_NOTHING,
    NEED_MACHINE,     /* it is not paused and has not stopped */
    NEED_SWITCHBOARD, /* it answers */
    NEED_FRONT,       /* a persona is in front, and runs */
};

struct schema_verb {
    const char *name; /* NULL ends the list */
    enum need needs;
    const struct arg *args;
};

extern const struct schema_verb schema_verbs[];

/* The codes of an error reply; NULL ends the list. */
extern const char *const schema_errors[];

/* NULL: no such verb. */
const struct schema_verb *schema_find(const char *name);

#endif
