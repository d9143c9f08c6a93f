/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which slot of the touch panel each finger has. A finger is a source's (input/input.h) and has a
 * number that the source gives it. Pure.
 */
#ifndef INPUT_FINGERS_H
#define INPUT_FINGERS_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/panel.h"

struct fingers {
    struct finger {
        const void *source; /* NULL: the slot is free */
        int64_t id;         /* the source's number for it */
        int x, y;           /* where it was last, pixels of the board's screen */
    } slot[PANEL_SLOTS];
};

/* The slot of a finger that is down; -1: it is not. */
int fingers_find(const struct fingers *fingers, const void *source, int64_t id);

/* A finger goes down: the lowest free slot; -1: all are taken. It must not be down already. */
int fingers_take(struct fingers *fingers, const void *source, int64_t id);

#endif
