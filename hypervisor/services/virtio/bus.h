/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The virtio devices of one guest, all together: what its service tells them. */
#ifndef VIRTIO_BUS_H
#define VIRTIO_BUS_H

#include "bus_state.h"

/* Once pages is set: every slot is empty. If it is kept, the pages stay as they are. */
void virtio_bus_init(struct virtio_bus *bus);

/* The guest wrote these queue numbers to QueueNotify of the slot. */
void virtio_bus_notify(struct virtio_bus *bus, unsigned slot, uint32_t queue_mask);

/*
 * The guest wrote any other register: offset 0..0x1ff in the slot, size 1, 2, 4 or 8. It waits
 * until this returns, so what the write changes must be in the register page by then.
 */
void virtio_bus_write(struct virtio_bus *bus, unsigned slot, uint32_t offset, unsigned size,
                      uint64_t value);

/* The guest has stopped: every slot to its reset state, no back end request left, memory untouched.
 */
void virtio_bus_reset(struct virtio_bus *bus);

/*
 * Of a bus that is kept, once all is ready that devices use: each that was attached as it had been
 * goes on where it was. The others have been reset.
 */
void virtio_bus_resume(struct virtio_bus *bus);

/* Memory that a device used was not there any more: all devices need a reset. */
void virtio_bus_lost(struct virtio_bus *bus);

/* One line of "name=value" counters into text (NUL-terminated, at most size). */
void virtio_bus_stats(const struct virtio_bus *bus, char *text, size_t size);

#endif
