/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What booth has to say on standard error, a line each. The last line is kept: with --json it is
 * the message of the object that a failure prints.
 */
#ifndef BOOTH_SAY_H
#define BOOTH_SAY_H

#include <glib.h>

/* "booth: " and the text as one line. */
void say(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* What is wrong with a command line: "booth COMMAND: TEXT; see 'booth help COMMAND'". */
void say_usage(const char *command, const char *text);

/* What another program has to say, as it is; lines may come in pieces. */
void say_bytes(const void *bytes, gsize length);

/* The last line without "booth: ", valid UTF-8; NULL: nothing was said. Free with g_free(). */
char *say_last(void);

#endif
