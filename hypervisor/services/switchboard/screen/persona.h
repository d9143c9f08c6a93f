/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A persona as the screen knows it: what it shows, and the planes and the part of the bar that
 * follow from that. */
#ifndef PERSONA_H
#define PERSONA_H

#include "bar.h"
#include "drivers/display.h"
#include "vm/vm.h"

struct persona {
    struct vm *vm;
    struct image image; /* of the guest; pixels NULL: none */
    bool flushed;       /* it has drawn something that is not black */
    struct image cursor;
    int cursor_x, cursor_y;
    struct canvas empty; /* what is seen while it shows nothing */
    bool microphone, camera;
};

/* It has a picture of its own. */
bool persona_shows(const struct persona *persona);

/* For bar_draw(). front: whether it is in front. */
struct bar_tab persona_tab(const struct persona *persona, bool front);

/* Its picture, or what is seen instead, in an area of the layout. */
struct plane persona_plane(const struct persona *persona, const struct rect *area);

/* Its cursor, if it is in the only area, below the bar; disabled if it has none. */
struct plane persona_cursor_plane(const struct persona *persona);

/* The guest's numbers, of any size. */
void persona_move_cursor(struct persona *persona, int x, int y);

#endif
