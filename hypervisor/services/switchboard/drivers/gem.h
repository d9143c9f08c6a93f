/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Driver of the board's Ethernet controller, Cadence GEM (Zynq TRM UG585, chapter 16 and B.18). */
#ifndef GEM_H
#define GEM_H

#include <stddef.h>

#include "board.h"

#define GEM_FILTERS 4u /* station addresses it can listen to */

/* False: no controller. received() comes from the event loop; the frame is valid only in it. */
bool gem_init(const struct board *board, void (*received)(const void *frame, size_t len));

/* Frames to this address are wanted; number < GEM_FILTERS. Groups always are. */
void gem_listen(unsigned number, const uint8_t mac[6]);

/* Copies the frame; false: the ring is full or the frame too long. */
bool gem_send(const void *frame, size_t len);

#endif
