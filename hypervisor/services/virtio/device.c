/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What virtio device models share: service of their queues, configuration space,
 * DEVICE_NEEDS_RESET. */
#include "device.h"

#include <stdio.h>

#define INTERRUPT_USED   0x1u
#define INTERRUPT_CONFIG 0x2u

/* What one queue may cost before others get their turn: about two screens of pixels. */
#define SHARE_BYTES   (8u << 20)
#define REQUEST_BYTES 4096u /* the cost of a request apart from the bytes it moves */

/* Chains are walked one at a time, so one array of segments serves all devices. */
static struct vq_seg segments[VQ_MAX_SIZE];

bool virtio_live(const struct virtio_dev *dev)
{
    return (dev->status & (STATUS_DRIVER_OK | STATUS_NEEDS_RESET)) == STATUS_DRIVER_OK;
}

static void interrupt(struct virtio_dev *dev, uint32_t bits)
{
    dev->counts.interrupts++;
    dev->bus->ops->raise(dev->bus->owner, dev->slot, bits);
}

void virtio_broken(struct virtio_dev *dev, const char *what)
{
    bool tell = virtio_live(dev);
    char text[128];

    dev->counts.broken++;
    snprintf(text, sizeof(text), "%s (slot %u): %s; the device needs a reset", dev->ops->name,
             dev->slot, what);
    dev->bus->ops->complain(dev->bus->owner, text);
    dev_set_status(dev, dev->status | STATUS_NEEDS_RESET);
    if (tell) {
        interrupt(dev, INTERRUPT_CONFIG);
    }
}

/* ---- Queues ---------------------------------------------------------------------------- */

static enum vq_result take(struct virtio_dev *dev, unsigned queue, struct vq_chain *chain)
{
    enum vq_result result;

    chain->seg = segments;
    chain->max = VQ_MAX_SIZE;
    result = vq_pop(&dev->queue[queue].vq, chain);
    if (result == VQ_BROKEN) {
        virtio_broken(dev, "broken queue");
    } else if (result == VQ_CHAIN) {
        dev->counts.requests++;
    }
    return result;
}

bool virtio_take(struct virtio_dev *dev, unsigned queue, struct vq_chain *chain)
{
    return virtio_live(dev) && take(dev, queue, chain) == VQ_CHAIN;
}

void virtio_answer(struct virtio_dev *dev, unsigned queue, uint16_t head, uint32_t written)
{
    vq_push(&dev->queue[queue].vq, head, written);
}

void virtio_signal(struct virtio_dev *dev, unsigned queue)
{
    if (virtio_live(dev) && vq_should_signal(&dev->queue[queue].vq)) {
        interrupt(dev, INTERRUPT_USED);
    }
}

/* Serves one chain. False: the queue has nothing more for now. */
static bool serve_one(struct virtio_dev *dev, unsigned queue, uint32_t *cost)
{
    struct vq_chain chain;
    bool ok = true;

    switch (take(dev, queue, &chain)) {
    case VQ_EMPTY:
        vq_enable_notify(&dev->queue[queue].vq);
        return vq_waiting(&dev->queue[queue].vq) > 0;
    case VQ_BROKEN:
        return false;
    case VQ_CHAIN:
        break;
    }
    *cost += REQUEST_BYTES + dev->ops->request(dev, queue, &chain, &ok);
    if (!ok) {
        virtio_broken(dev, "broken request");
    }
    return ok;
}

static void serve(struct virtio_dev *dev, unsigned queue)
{
    uint32_t cost = 0;

    while (virtio_live(dev) && serve_one(dev, queue, &cost)) {
        if (cost >= SHARE_BYTES) {
            dev->postponed |= 1u << queue;
            timer_start(&dev->again, 0);
            break;
        }
    }
    virtio_signal(dev, queue);
}

void virtio_dev_again(struct timer *timer)
{
    struct virtio_dev *dev = timer->owner;
    uint32_t queues = dev->postponed;

    dev->postponed = 0;
    for (unsigned q = 0; q < dev->ops->queues; q++) {
        if (queues & (1u << q)) {
            serve(dev, q);
        }
    }
}

void virtio_dev_notify(struct virtio_dev *dev, uint32_t queue_mask)
{
    dev->counts.notifications++;
    for (unsigned q = 0; q < dev->ops->queues && virtio_live(dev); q++) {
        if (!(queue_mask & (1u << q)) || (dev->postponed & (1u << q))) {
            continue;
        }
        if (dev->ops->served & (1u << q)) {
            serve(dev, q);
        } else if (dev->ops->refilled) {
            dev->ops->refilled(dev, q);
        }
    }
}

void virtio_dev_resume(struct virtio_dev *dev)
{
    for (unsigned q = 0; q < dev->ops->queues; q++) {
        if (dev->queue[q].ready) {
            vq_retake(&dev->queue[q].vq, dev->ops->held ? dev->ops->held(dev, q) : 0);
        }
    }
    if (dev->ops->resume) {
        dev->ops->resume(dev);
    }
    if (virtio_live(dev)) {
        interrupt(dev, INTERRUPT_USED); /* perhaps nobody has told the driver */
        virtio_dev_notify(dev, UINT32_MAX);
    }
}

/* ---- Configuration space ---------------------------------------------------------------- */

void virtio_config_changed(struct virtio_dev *dev)
{
    dev_set_reg(dev, REG_CONFIG_GENERATION,
                *vio_reg(dev->bus, dev->slot, REG_CONFIG_GENERATION) + 1);
    if (virtio_live(dev)) {
        interrupt(dev, INTERRUPT_CONFIG);
    }
}

void virtio_config_put(struct virtio_dev *dev, uint32_t offset, const void *data, size_t len)
{
    volatile uint8_t *at = dev->bus->pages + dev->slot * PB_VIO_STRIDE + REG_CONFIG + offset;

    for (size_t i = 0; i < len; i++) {
        at[i] = ((const uint8_t *)data)[i];
    }
}

void virtio_config_put8(struct virtio_dev *dev, uint32_t offset, uint8_t value)
{
    virtio_config_put(dev, offset, &value, 1);
}

void virtio_config_put32(struct virtio_dev *dev, uint32_t offset, uint32_t value)
{
    *vio_reg(dev->bus, dev->slot, REG_CONFIG + offset) = value;
}
