/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A driver's side of a virtio-mmio slot, version 2: virtio 1.2, sections 3.1.1 and 4.2. For a
 * service VM or a bare-metal guest; drvqueue.h are its queues.
 */
#ifndef VIRTIO_DRIVER_H
#define VIRTIO_DRIVER_H

#include "drvqueue.h"

/* How registers are reached: NULL is plain memory at `base`. */
struct virtio_driver_ops {
    uint32_t (*read)(uintptr_t base, uint32_t offset);
    void (*write)(uintptr_t base, uint32_t offset, uint32_t value);
};

struct virtio_driver {
    const struct virtio_driver_ops *ops;
    uintptr_t base;
    uint64_t features; /* what both sides have agreed on */
};

/*
 * Resets the device at base and agrees on those of `wanted` that it offers; VERSION_1 is always
 * among them. False: there is no device of this type (virtio 1.2, section 5), or it does not agree.
 */
bool virtio_driver_begin(struct virtio_driver *driver, const struct virtio_driver_ops *ops,
                         uintptr_t base, uint32_t device_id, uint64_t wanted);

/* Queue `index` over these rings, `size` descriptors or fewer, if the device takes fewer. */
bool virtio_driver_queue(struct virtio_driver *driver, unsigned index, struct drvqueue *queue,
                         uint16_t size, void *rings);

/* The driver is ready; begin and the queues come before. */
void virtio_driver_ready(struct virtio_driver *driver);

/* Tells the device of what was added to queue `index`, if it wants to know. */
void virtio_driver_kick(struct virtio_driver *driver, unsigned index, const struct drvqueue *queue);

/* Interrupts since the last call, acknowledged: 1 a used buffer, 2 a configuration change. */
uint32_t virtio_driver_interrupts(struct virtio_driver *driver);

/* False: the device needs a reset, or its driver has given up on it. */
bool virtio_driver_works(struct virtio_driver *driver);

/* A word of configuration space. */
uint32_t virtio_driver_config(struct virtio_driver *driver, uint32_t offset);

#endif
