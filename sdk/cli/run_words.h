/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The emulator's command line, of that of `booth run` and the settings. */
#ifndef BOOTH_RUN_WORDS_H
#define BOOTH_RUN_WORDS_H

#include "cli.h"

struct run_words {
    char **all;          /* the program first; free with g_strfreev() */
    gboolean background; /* --background was said */
};

/*
 * `words`: what stands after `run`, ended by NULL. A word before all options, and the value of
 * --handset, name a handset; what booth does not know itself goes through. FALSE and `error`.
 */
gboolean run_words_make(struct run_words *result, const struct cli *cli, const char *emulator,
                        char *const *words, GError **error);

#endif
