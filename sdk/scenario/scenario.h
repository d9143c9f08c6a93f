/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A scenario: what is done to a phone, and what must come of it, a line for each step
 * (docs/scenarios.md). Here it is read; steps.h does it.
 */
#ifndef SCENARIO_H
#define SCENARIO_H

#include <glib.h>

#define SCENARIO_SUFFIX ".scenario"

struct scenario_step {
    char *file;
    guint line;
    char *text;   /* the line as it is */
    char **words; /* as a shell would split it, with variables filled in */
};

/*
 * The steps in `file` and in those that it includes, of struct scenario_step *; free with
 * g_ptr_array_unref(). NULL and `error`: "FILE:LINE: what is wrong". `${folder}` is that of `file`.
 */
GPtrArray *scenario_read(const char *file, GError **error);

/* All scenarios in a folder and those below it, sorted; free with g_strfreev(). A file is itself.
 * NULL and `error`: there are none. */
char **scenario_find(const char *path, GError **error);

#endif
