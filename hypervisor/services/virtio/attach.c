/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A device comes to its slot, or goes on there: virtio 1.2, section 4.2. */
#include "device.h"

static void fill_page(struct virtio_bus *bus, unsigned slot, uint32_t device_id)
{
    for (uint32_t offset = 0; offset < PB_VIO_STRIDE; offset += 4) {
        *vio_reg(bus, slot, offset) = 0;
    }
    *vio_reg(bus, slot, REG_MAGIC) = MAGIC;
    *vio_reg(bus, slot, REG_VERSION) = VERSION;
    *vio_reg(bus, slot, REG_DEVICE_ID) = device_id;
    *vio_reg(bus, slot, REG_VENDOR_ID) = VENDOR_ID;
    /* A region of length -1 does not exist (4.2.2). */
    for (uint32_t offset = REG_SHM_LEN_LOW; offset <= REG_SHM_BASE_HIGH; offset += 4) {
        *vio_reg(bus, slot, offset) = UINT32_MAX;
    }
}

void virtio_attach_none(struct virtio_bus *bus, unsigned slot)
{
    bus->slot[slot] = NULL;
    fill_page(bus, slot, VIRTIO_ID_NONE);
}

static bool is_same_queue(const struct virtio_dev *dev, unsigned q)
{
    const struct virtio_queue *queue = &dev->queue[q];
    const unsigned held = dev->ops->held ? dev->ops->held(dev, q) : 0;

    return !queue->ready ||
           (queue->vq.bus == dev->bus && queue->vq.in_flight >= held &&
            vq_is_at(&queue->vq, queue->size, queue->desc, queue->avail, queue->used));
}

/* It was attached like this before, and what it knows of its queues makes sense. */
static bool goes_on(const struct virtio_dev *dev, const struct virtio_ops *ops,
                    const struct virtio_queue *queue, const struct virtio_bus *bus, unsigned slot)
{
    if (!bus->kept || dev->ops != ops || dev->queue != queue || dev->bus != bus ||
        dev->slot != slot) {
        return false;
    }
    for (unsigned q = 0; q < ops->queues; q++) {
        if (!is_same_queue(dev, q)) {
            return false;
        }
    }
    return true;
}

bool virtio_attach(struct virtio_dev *dev, const struct virtio_ops *ops, struct virtio_queue *queue,
                   struct virtio_bus *bus, unsigned slot, uint64_t features)
{
    const bool same = goes_on(dev, ops, queue, bus, slot);

    dev->ops = ops;
    dev->queue = queue;
    dev->bus = bus;
    bus->slot[slot] = dev;
    dev->slot = slot;
    dev->features = features | VIRTIO_F_INDIRECT_DESC | VIRTIO_F_EVENT_IDX | VIRTIO_F_VERSION_1;
    if (bus->access_platform) {
        dev->features |= VIRTIO_F_ACCESS_PLATFORM;
    }
    dev->again = (struct timer){.fire = virtio_dev_again, .owner = dev};
    dev->postponed = 0;
    if (same) {
        return true;
    }
    for (unsigned q = 0; q < ops->queues; q++) {
        queue[q].vq.bus = bus;
    }
    fill_page(bus, slot, ops->id);
    virtio_dev_reset(dev);
    return false;
}
