/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line of the control socket, to and from JSON (docs/control-api.md, section 2). Pure. */
#ifndef CONTROL_MESSAGE_H
#define CONTROL_MESSAGE_H

#include <json-glib/json-glib.h>
#include <stdbool.h>

#define MESSAGE_MAX    65536 /* bytes of a request's line, line end included */
#define MESSAGE_ID_MAX 64    /* bytes of an id that is a string */
#define MESSAGE_DEPTH  8     /* lists and objects inside each other */

/* NULL and `why` (static): it is no JSON object that this program takes. Never recurses deeply. */
JsonObject *message_parse(const char *line, gsize length, const char **why);

/* The request's id as it is to be sent back, null without one. False: an id of a forbidden kind. */
bool message_id(JsonObject *request, JsonNode **id);

/* The line for an object, line end included. */
char *message_format(JsonObject *object);

#endif
