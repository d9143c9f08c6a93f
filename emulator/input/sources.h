/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sources of input and what each holds down. For input.c; the caller has its lock. */
#ifndef INPUT_SOURCES_H
#define INPUT_SOURCES_H

#include <glib.h>
#include <linux/input-event-codes.h>
#include <stdbool.h>

#include "machine/panel.h"

struct input;

#define BUTTONS 3

struct input_source {
    struct input *input;
    bool button[BUTTONS];
    bool key[KEY_CNT];
};

/* Any of `sources` (of struct input_source *) holds the button; the key with this evdev code. */
bool sources_hold_button(const GPtrArray *sources, enum button button);
bool sources_hold_key(const GPtrArray *sources, int code);

#endif
