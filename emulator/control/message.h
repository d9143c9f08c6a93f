/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line of the control socket, to and from JSON (docs/control-api.md, section 2). Pure. */
#ifndef CONTROL_MESSAGE_H
#define CONTROL_MESSAGE_H

#include <json-glib/json-glib.h>
#include <stdbool.h>

#define MESSAGE_MAX      65536              /* bytes of a request's line, line end included */
#define MESSAGE_ID_MAX   64                 /* bytes of an id that is a string */
#define MESSAGE_ID_LIMIT 9007199254740992.0 /* 2^53: the size of an id that is a number */
#define MESSAGE_DIGITS   18                 /* of a whole number, or before its point */
#define MESSAGE_DEPTH    8                  /* lists and objects inside each other */

/* NULL and `why` (static): it is no JSON object that this program takes. Never recurses deeply. */
JsonObject *message_parse(const char *line, gsize length, const char **why);

/* The request's id as it is to be sent back, null without one. False: an id of a forbidden kind. */
bool message_id(JsonObject *request, JsonNode **id);

/* The verb that the request asks for. NULL: it has none, or one that is no string. */
const char *message_verb(JsonObject *request);

/*
 * The line for an object, line end included. Whatever bytes its strings have, the line is UTF-8:
 * what is not becomes U+FFFD.
 */
char *message_format(JsonObject *object);

#endif
