/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The parts of a board that VMs can be given: where they are, their interrupts, their DMA. */
#ifndef PACK_BOARD_DEVICE_H
#define PACK_BOARD_DEVICE_H

#include "board.h"

/*
 * Lists, by ascending address, the enabled nodes that are `compatible`; with NULL all that the
 * switchboard has a driver for, and every part of our boards but UARTs and the DMA firewall. `list`
 * has room for `max`, *count is 0 before. FALSE and an error if there are more, or one has no
 * `reg`.
 */
gboolean pack_board_read_devices(const struct pack_board *board, const char *compatible, guint max,
                                 struct pack_device *list, guint *count, GError **error);

#endif
