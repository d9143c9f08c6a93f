/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "bus.h"

#include <stdio.h>

#include "device.h"

static struct virtio_dev *device(const struct virtio_bus *bus, unsigned slot)
{
    return slot < PB_VIO_SLOTS ? bus->slot[slot] : NULL;
}

void virtio_bus_init(struct virtio_bus *bus)
{
    for (unsigned slot = 0; slot < PB_VIO_SLOTS; slot++) {
        if (bus->kept) {
            bus->slot[slot] = NULL;
        } else {
            virtio_attach_none(bus, slot);
        }
    }
}

void virtio_bus_notify(struct virtio_bus *bus, unsigned slot, uint32_t queue_mask)
{
    struct virtio_dev *dev = device(bus, slot);

    if (dev) {
        virtio_dev_notify(dev, queue_mask);
    }
}

void virtio_bus_write(struct virtio_bus *bus, unsigned slot, uint32_t offset, unsigned size,
                      uint64_t value)
{
    struct virtio_dev *dev = device(bus, slot);

    if (dev && size && size <= 8 && offset < PB_VIO_STRIDE && size <= PB_VIO_STRIDE - offset) {
        virtio_dev_write(dev, offset, size, value);
    }
}

void virtio_bus_reset(struct virtio_bus *bus)
{
    for (unsigned slot = 0; slot < PB_VIO_SLOTS; slot++) {
        if (bus->slot[slot]) {
            virtio_dev_reset(bus->slot[slot]);
        }
    }
}

void virtio_bus_resume(struct virtio_bus *bus)
{
    for (unsigned slot = 0; slot < PB_VIO_SLOTS; slot++) {
        if (bus->slot[slot]) {
            virtio_dev_resume(bus->slot[slot]);
        }
    }
    bus->kept = false;
}

void virtio_bus_lost(struct virtio_bus *bus)
{
    for (unsigned slot = 0; slot < PB_VIO_SLOTS; slot++) {
        if (bus->slot[slot] && bus->slot[slot]->status) {
            virtio_broken(bus->slot[slot], "its memory was taken away");
        }
    }
}

void virtio_bus_stats(const struct virtio_bus *bus, char *text, size_t size)
{
    struct virtio_counts sum = {0};

    for (unsigned slot = 0; slot < PB_VIO_SLOTS; slot++) {
        const struct virtio_dev *dev = bus->slot[slot];

        if (!dev) {
            continue;
        }
        sum.notifications += dev->counts.notifications;
        sum.requests += dev->counts.requests;
        sum.interrupts += dev->counts.interrupts;
        sum.broken += dev->counts.broken;
    }
    snprintf(text, size, "notifications=%lu requests=%lu interrupts=%lu broken=%lu",
             (unsigned long)sum.notifications, (unsigned long)sum.requests,
             (unsigned long)sum.interrupts, (unsigned long)sum.broken);
}
