/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The layout of a skin: a folder with skin.ini and the pictures that it names (docs/skins.md).
 * Pure but for skin_read().
 */
#ifndef FRONTENDS_SKIN_H
#define FRONTENDS_SKIN_H

#include "input/input.h"
#include "screen/shadow.h"

#define SKIN_MAX_BUTTONS 8
#define SKIN_FILE        "skin.ini"

struct skin_button {
    struct rect region; /* what reacts, and what is shown of the pressed picture */
    enum button key;
};

struct skin {
    int width, height;  /* of the pictures, in the skin's units */
    char *picture;      /* absolute path; drawn over the screen, which shows through its hole */
    char *pressed;      /* the same with all buttons pressed; NULL: none */
    struct rect screen; /* where the board's screen is */
    unsigned button_count;
    struct skin_button button[SKIN_MAX_BUTTONS];
};

/* Folder of the skin of that name, whether or not it exists; free with g_free(). */
char *skin_find(const char *name);

/* False and `error` of one line: which key of which file is wrong. */
bool skin_read(struct skin *skin, const char *dir, GError **error);
bool skin_parse(struct skin *skin, const char *dir, const char *text, gsize length, GError **error);

void skin_clear(struct skin *skin);

/* The button at a point of the skin; -1: none. */
int skin_button_at(const struct skin *skin, double x, double y);

#endif
