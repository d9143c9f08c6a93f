/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Driver of the handset's keys on a PL061, Arm DDI 0190. */
#ifndef KEYS_H
#define KEYS_H

#include "board.h"
#include "input/keychord.h"

/* False: no GPIO. meaning() comes from the event loop. */
bool keys_init(const struct board *board, void (*meaning)(enum key key, enum key_meaning meaning));

#endif
