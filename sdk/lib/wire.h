/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What the two kinds of clients (booth.h, link.h) share: how the control socket is reached and how
 * a message becomes a line (docs/control-api.md, sections 1 and 2). Errors are of BOOTH_ERROR.
 */
#ifndef BOOTH_WIRE_H
#define BOOTH_WIRE_H

#include "booth.h"

/* The connection to the phone at path, unref it. NULL and BOOTH_ERROR_CONNECT: none answers. */
GSocketConnection *wire_connect(const char *path, GError **error);

/* Turns GIO's reason why nothing could be connected to `path` into BOOTH_ERROR_CONNECT; a cancelled
 * one stays. */
void wire_explain_connect(GError **error, const char *path);

/* The message that a line is, unref it. NULL and BOOTH_ERROR_PROTOCOL: it is none. */
JsonObject *wire_parse(const char *line, GError **error);

/* The line that a message is, with its end. Free with g_free(). */
char *wire_print(JsonObject *message);

/* The error of a connection that ended, with the reason if there is one. */
void wire_set_closed(GError **error, const GError *why);

#endif
