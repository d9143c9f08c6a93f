/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Driver of the board's Ethernet controllers, Cadence GEM (Zynq TRM UG585, chapter 16 and B.18). */
#ifndef GEM_H
#define GEM_H

#include <stddef.h>

#include "board.h"

#define GEM_FILTERS 4u /* station addresses it can listen to */

struct gem;

/* From the event loop; the frame is valid only in it. */
typedef void gem_received_fn(void *owner, const void *frame, size_t len);

/* The controller at `at`, for ever; NULL: there is none. */
struct gem *gem_init(const struct device *at, gem_received_fn *received, void *owner);

/* Frames to this address are wanted; number < GEM_FILTERS. Groups always are. */
void gem_listen(struct gem *gem, unsigned number, const uint8_t mac[6]);

/* Copies the frame; false: the ring is full or the frame too long. */
bool gem_send(struct gem *gem, const void *frame, size_t len);

#endif
