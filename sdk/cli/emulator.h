/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The emulator's program, where booth starts it itself. */
#ifndef BOOTH_EMULATOR_H
#define BOOTH_EMULATOR_H

#include <json-glib/json-glib.h>

#define EMULATOR_MISSING "no emulator: neither beside booth nor in PATH; run 'make' first"

/* Its path: in the folder of this program, else by PATH. NULL: nowhere. Free with g_free(). */
char *emulator_find(void);

/*
 * The emulator's answer to a request about a handset that no phone runs from: unref it, or NULL and
 * an error, as of booth_client_call(). `handset`: its folder, or NULL for the build's.
 */
JsonObject *emulator_answer(const char *handset, JsonObject *request, GError **error);

/* The same; how far it is, is shown: `what` in words, and how many bytes it has to read. */
JsonObject *emulator_answer_watched(const char *handset, JsonObject *request, const char *what,
                                    gint64 bytes, GError **error);

#endif
