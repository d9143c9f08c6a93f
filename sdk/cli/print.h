/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Replies as text on standard output (output.h). */
#ifndef BOOTH_PRINT_H
#define BOOTH_PRINT_H

#include <json-glib/json-glib.h>

/* The object as one line of JSON. */
void print_json(JsonObject *object);

/* What print_json() prints from now on are elements of a list, until print_gathered() prints it as
 * the member of an object. */
void print_gather(void);
void print_gathered(const char *member);

/* An object of texts: names and values in turn, a NULL as name ends them; a value may be NULL. */
void print_result(const char *name, ...) G_GNUC_NULL_TERMINATED;

/* {"ok":true}, for a result that has other members than texts. */
JsonObject *print_new_result(void);

/* Adds where on the screen something is, in pixels. */
void print_add_place(JsonObject *object, int x, int y, int width, int height);

/* Its members but id and ok, one a line, those of objects in it as NAME.MEMBER. */
void print_members(JsonObject *object);

/*
 * One line: the template with {MEMBER} replaced by that member, {MEMBER:N} by a number with N
 * digits after the point, {MEMBER/1000:N} by a thousandth of it. "{*}" alone: print_members().
 */
void print_template(const char *template, JsonObject *reply);

/* A member that is a text; `otherwise` if it is absent or something else. */
const char *print_text_of(JsonObject *object, const char *member, const char *otherwise);

/* Calls print() for each object of the list that the member is; not at all if there is none. */
void print_each(JsonObject *object, const char *member, void (*print)(JsonObject *element));

#endif
