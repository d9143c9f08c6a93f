/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Driver of the handset's keys on a PL061, Arm DDI 0190. */
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

#endif
