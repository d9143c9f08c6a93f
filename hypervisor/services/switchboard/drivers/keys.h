/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Driver of the handset's keys and of one more input on a PL061, Arm DDI 0190. */
#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>

#include "board.h"

/* Lines of the board's GPIO. */
enum key { KEY_LINE_POWER, KEY_LINE_VOLUME_UP, KEY_LINE_VOLUME_DOWN, KEY_LINES };

/*
 * False: no GPIO. changed() comes from the event loop, for each change of a key: a press and its
 * release between two looks are two calls, and come before those of keys that are down now.
 */
bool keys_init(const struct board *board, void (*changed)(enum key key, bool down));

/*
 * Another input of the same GPIO. Its level now; changed() comes from the event loop with each new
 * one. One line at most; false, and nothing more,
 * if there is none (BOARD_NO_LINE).
 */
bool keys_watch(const struct board *board, uint32_t line, void (*changed)(bool level));

#endif
