/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The control API's verb `snapshot` (docs/control-api.md), as far as it is the same whether a phone
 * runs from the handset or not.
 */
#ifndef SNAPSHOT_ANSWER_H
#define SNAPSHOT_ANSWER_H

#include "snapshot/snapshots.h"

/*
 * NULL: the request has what its action needs, and the snapshot is there. Else the error's code,
 * and `why` in words, to be freed with g_free(). `name`, `file`: NULL when absent.
 */
const char *answer_check(const struct snapshots *snapshots, const char *action, const char *name,
                         const char *file, char **why);

/* The answer's body: what there is to know of these snapshots, NULL-terminated. */
JsonObject *answer_describe(struct snapshots *snapshots, char *const *names);

/* NULL: it can be loaded now. Else why not, in words, to be freed with g_free(). */
char *answer_unfit(struct snapshots *snapshots, const char *name);

#endif
