/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which slot of the touch panel each of the host's pointers has: the mouse, its mirror image, the
 * fingers of a real touch screen. Pure.
 */
#ifndef INPUT_FINGERS_H
#define INPUT_FINGERS_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/panel.h"

#define FINGER_MOUSE  INT64_MIN
#define FINGER_MIRROR (INT64_MIN + 1)

struct fingers {
    struct {
        bool down;
        int64_t id; /* FINGER_MOUSE, FINGER_MIRROR or SDL's finger id */
        int x, y;   /* where it was last, pixels of the board's screen */
    } slot[PANEL_SLOTS];
};

/* The slot of a pointer that goes down: the lowest that is free. -1: all are taken, or it is down.
 */
int fingers_down(struct fingers *fingers, int64_t id, int x, int y);

/* The slot of a pointer that moved. -1: it is not down, or it is where it was. */
int fingers_move(struct fingers *fingers, int64_t id, int x, int y);

/* The slot of a pointer that goes up, now free. -1: it was not down. */
int fingers_up(struct fingers *fingers, int64_t id);

#endif
