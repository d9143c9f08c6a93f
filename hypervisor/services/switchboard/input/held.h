/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Which persona has been told that a key or a finger is down. Only that persona is told of the
 * release, whichever one is in front by then. One record for all sources of input.
 */
#ifndef HELD_H
#define HELD_H

#include "slots.h"

#define HELD_FINGERS 10u

/* A key's press to vm, and its release to the persona that has it. *vm: who that is; NULL: no one
 * has it (any more), and nothing was done. */
enum keys_result held_press(struct vm *vm, uint16_t code, uint32_t *number);
enum keys_result held_release(uint16_t code, struct vm **vm, uint32_t *number);

/* A finger at x, y of the persona. It moves and goes up where it went down; false: no one has it.
 */
void held_finger_down(struct vm *vm, unsigned slot, uint32_t x, uint32_t y);
bool held_finger_move(unsigned slot, uint32_t x, uint32_t y);
bool held_finger_up(unsigned slot);

/* The persona that has this finger; NULL: none. */
struct vm *held_finger(unsigned slot);

/* The end of a report of the panel. */
void held_sync(void);

/* Releases every key that vm has. */
void held_drop_keys(struct vm *vm);

#endif
