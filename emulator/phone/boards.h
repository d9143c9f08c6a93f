/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The boards that this emulator has models of (emulator/boards/). */
#ifndef PHONE_BOARDS_H
#define PHONE_BOARDS_H

#include <glib.h>

#include "boards/board.h"

/* NULL: there is no such board. */
const struct board *boards_find(const char *name);

/* How many parts of that kind it has. */
unsigned boards_count(const struct board *board, enum board_kind kind);

/* "one, two": for messages. Free with g_free(). */
char *boards_names(void);

#endif
