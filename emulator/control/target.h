/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that a client has written: whole or not at all, never over what is no regular file. */
#ifndef CONTROL_TARGET_H
#define CONTROL_TARGET_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

/* False and `error`: something else than a regular file is there. */
bool target_check(const char *file, GError **error);

/*
 * A temporary file beside `file`, which target_close() makes it; its name is in *temporary. NULL
 * and `error`: it cannot be made.
 */
FILE *target_open(const char *file, char **temporary, GError **error);

/* Takes `out` and `temporary`. */
bool target_close(FILE *out, char *temporary, const char *file, GError **error);

#endif
