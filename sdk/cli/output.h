/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Standard output. What is printed is kept until output_flush(), so that an error is seen with its
 * reason whatever its kind: no room, a reader that has gone, a descriptor that is closed.
 *
 * With --json whatever a verb does there is one object: the one that it prints by output_object(),
 * or else one of what it has printed as text. So a verb need not know of --json.
 */
#ifndef BOOTH_OUTPUT_H
#define BOOTH_OUTPUT_H

#include <json-glib/json-glib.h>

/* First of all, with stdio_guard(). */
void output_init(void);

/* From now on objects are printed instead of text. */
void output_as_json(void);

/* Text is not kept until the end: with --json each line is an object of its own, {"line":...}. */
void output_follow(void);

/* Undoes what stdio_guard() did with SIGPIPE, for a program that takes this one's place. */
void output_restore_signal(void);

void output_printf(const char *format, ...) G_GNUC_PRINTF(1, 2);
void output_text(const char *text);
void output_bytes(const void *bytes, gsize length);

/* The object as a line of JSON, with --json or without it. */
void output_object(JsonObject *object);

/* Writes what was printed; text with --json stays. FALSE: it failed, now or before, or there is too
 * much text to keep; the first time one line says so on stderr. */
gboolean output_flush(void);

/* At the end: writes and closes. Returns code, or EXIT_LOCAL instead of EXIT_DONE if output was
 * lost. */
int output_end(int code);

#endif
