/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Split virtqueue, driver side (virtio 1.2, section 2.7), without indirect descriptors and event
 * index. The device is not trusted: what it writes is checked, and can only make the queue broken.
 *
 * Memory is one to one: a pointer is the address that the device gets. The rings are the caller's,
 * DRVQUEUE_BYTES(size) long and aligned to 16.
 */
#ifndef VIRTIO_DRVQUEUE_H
#define VIRTIO_DRVQUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DRVQUEUE_MAX 256u /* descriptors, a power of two */
/* Descriptors, then the driver's ring, then the device's. */
#define DRVQUEUE_AVAIL(size) (16u * (size))
#define DRVQUEUE_USED(size)  ((DRVQUEUE_AVAIL(size) + 6u + 2u * (size) + 3u) & ~3u)
#define DRVQUEUE_BYTES(size) (DRVQUEUE_USED(size) + 6u + 8u * (size))

struct drvqueue_buf {
    void *data;
    uint32_t len;
    bool in; /* the device writes it; those that it reads come first */
};

struct drvqueue {
    uint8_t *rings;
    uint16_t size;
    uint16_t free;       /* first free descriptor, DRVQUEUE_MAX: none */
    uint16_t free_count; /* ... and how many */
    uint16_t next_avail, next_used;
    bool broken;                  /* the device broke the rules: set it up anew */
    void *token[DRVQUEUE_MAX];    /* of a chain, by its head; NULL: not with the device */
    uint32_t room[DRVQUEUE_MAX];  /* bytes that the device may write into it */
    uint16_t count[DRVQUEUE_MAX]; /* its descriptors */
    uint16_t next[DRVQUEUE_MAX];  /* of a descriptor in its chain or the free list: ours, not the
                                     ring's */
};

/* Empty rings; size: a power of two up to DRVQUEUE_MAX. */
void drvqueue_init(struct drvqueue *queue, uint16_t size, void *rings);

/*
 * Makes a chain available to the device; token, not NULL, comes back with it. False: no room now,
 * no buffer at all, or one that the device reads behind one that it writes.
 */
bool drvqueue_add(struct drvqueue *queue, const struct drvqueue_buf *buf, unsigned count,
                  void *token);

/* Whether the device wants to be notified of what was added. */
bool drvqueue_wants_notify(const struct drvqueue *queue);

/* The token of the next chain that the device has used; NULL: none. *written: bytes it has written,
 * never more than the chain has room for. */
void *drvqueue_take(struct drvqueue *queue, uint32_t *written);

#endif
