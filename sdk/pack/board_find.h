/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Boards by name: emulator/boards/NAME, compiled to NAME.dtb in one folder. */
#ifndef PACK_BOARD_FIND_H
#define PACK_BOARD_FIND_H

#include "handset.h"

/*
 * The device tree, in `folder`, of the board that the description names; g_free(). NULL: it names
 * none, or one that is not there; the message lists those that are.
 */
char *pack_board_find(const char *folder, const struct pack_handset *handset, GError **error);

#endif
