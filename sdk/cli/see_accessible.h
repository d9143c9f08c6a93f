/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* booth see accessible */
#ifndef BOOTH_SEE_ACCESSIBLE_H
#define BOOTH_SEE_ACCESSIBLE_H

#include "cli.h"

struct see_accessible {
    const char *vm;     /* NULL: the persona in front */
    const char *wanted; /* as accessible_split() takes it; NULL: all */
    gboolean tap, gone;
    double seconds; /* to wait for it */
};

/* Returns the exit code. */
int see_accessible(const struct cli *cli, const struct see_accessible *see);

#endif
