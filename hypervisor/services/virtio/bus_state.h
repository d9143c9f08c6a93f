/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The virtio devices of one guest, by slot, and what they know of it: its memory, its register
 * pages, its interrupts. Nothing here knows which service it runs in.
 */
#ifndef VIRTIO_BUS_STATE_H
#define VIRTIO_BUS_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "phonebooth/vmpage.h"

struct virtio_dev;

struct virtio_bus_ops {
    /*
     * Guest addresses as a pointer; NULL if a byte of ipa..ipa+len-1 is not in memory that the
     * guest lets us use now. len 0 is allowed inside memory.
     */
    void *(*map)(const void *owner, uint64_t ipa, uint64_t len);
    /* InterruptStatus |= bits (1 used buffer, 2 configuration change) and the slot's interrupt. */
    void (*raise)(void *owner, unsigned slot, uint32_t bits);
    /* The guest broke a rule: one line, without "\n". */
    void (*complain)(void *owner, const char *text);
};

struct virtio_bus {
    const struct virtio_bus_ops *ops;
    void *owner;             /* of the guest: what ops get */
    volatile uint8_t *pages; /* registers, slot s at s * PB_VIO_STRIDE; NULL: no virtio */
    bool access_platform;    /* the guest shares its memory page by page: it must say so, no DMA */
    bool slept;              /* the guest has suspended itself in this life */
    bool kept;               /* the service starts again, the guest goes on: so do its devices */
    struct virtio_dev *slot[PB_VIO_SLOTS]; /* NULL: empty */
};

static inline void *virtio_bus_map(const struct virtio_bus *bus, uint64_t ipa, uint64_t len)
{
    return bus->ops->map(bus->owner, ipa, len);
}

#endif
