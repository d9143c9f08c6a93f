/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Touches and keys: to the persona they are meant for, or to the switchboard itself. What goes down
 * is released where it went down (held.h): when it goes up, and before that when its persona is
 * no longer in front, stands still or stops.
 */
#ifndef INPUT_H
#define INPUT_H

#include "drivers/board.h"
#include "vm/vm.h"

void input_init(const struct board *board);

/* Which report of which persona a request has become; vm NULL: none, there is nothing to wait for.
 */
struct input_receipt {
    struct vm *vm;
    uint32_t number; /* slots_taken() */
};

/*
 * A key (Linux evdev code; value 0 up, 1 down, 2 repeat, which means nothing) and the wheel, for
 * the persona in front; a release is for the one that has the key. NULL, or why it cannot be
 * delivered, as the service port says it: "CODE: what".
 */
const char *input_key(unsigned code, unsigned value, struct input_receipt *receipt);
const char *input_wheel(int steps, struct input_receipt *receipt);

/* vm does not run any more: all that it holds is let go. */
void input_leave(struct vm *vm);

/* Another persona comes to the front; vm, which was there, lets go. */
void input_front_leaves(struct vm *vm);

/* Personas change their places, or go dark: every finger is lifted. */
void input_lift_all(void);

#endif
