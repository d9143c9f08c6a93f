/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the functions that are made for the verbs share; not installed. */
#ifndef BOOTH_MEMBERS_H
#define BOOTH_MEMBERS_H

#include <json-glib/json-glib.h>

/* Another object with the same members (NULL has none); unref it. */
JsonObject *copy_of(JsonObject *members);

/* The strings of a list that ends with NULL; NULL is an empty one. */
JsonArray *array_of(const char *const *strings);

#endif
