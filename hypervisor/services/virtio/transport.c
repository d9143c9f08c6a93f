/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * virtio-mmio version 2: virtio 1.2, section 4.2. The driver reads the register page without a
 * trap, so each write that selects or changes something leaves the page as it must read next.
 * InterruptStatus is EL2's: set when a model raises its interrupt, cleared by its handling of
 * InterruptACK.
 */
#include "device.h"

static void show_features(struct virtio_dev *dev)
{
    uint32_t sel = dev->features_sel;

    dev_set_reg(dev, REG_DEVICE_FEATURES, sel < 2 ? (uint32_t)(dev->features >> (32 * sel)) : 0);
}

static void show_queue(struct virtio_dev *dev)
{
    bool there = dev->queue_sel < dev->ops->queues;

    dev_set_reg(dev, REG_QUEUE_NUM_MAX, there ? dev->ops->queue_size : 0);
    dev_set_reg(dev, REG_QUEUE_READY, there && !dev->asleep && dev->queue[dev->queue_sel].ready);
}

static void stop_queue(struct virtio_queue *queue)
{
    vq_stop(&queue->vq);
    queue->ready = false;
    queue->size = 0;
    queue->desc = queue->avail = queue->used = 0;
}

/* Queues, and what the model knows. */
static void forget(struct virtio_dev *dev)
{
    timer_stop(&dev->again);
    dev->postponed = 0;
    for (unsigned q = 0; q < dev->ops->queues; q++) {
        stop_queue(&dev->queue[q]);
    }
    if (dev->ops->reset) {
        dev->ops->reset(dev);
    }
    dev->asleep = false;
}

static void begin(struct virtio_dev *dev)
{
    dev->accepted = 0;
    dev->features_sel = dev->accepted_sel = dev->queue_sel = 0;
    show_features(dev);
    show_queue(dev);
    dev_set_reg(dev, REG_INTERRUPT_STATUS, 0);
    dev_set_status(dev, 0);
}

void virtio_dev_reset(struct virtio_dev *dev)
{
    forget(dev);
    begin(dev);
}

/*
 * The driver wrote 0 to Status. Linux does so after a sleep of the VM; then a driver that knows
 * nothing of sleep uses the queues that it had, without setting them up. For a model
 * that can bear it they stay, out of use, until the driver sets up a queue (then they are
 * forgotten) or is ready without.
 */
static void reset_by_driver(struct virtio_dev *dev)
{
    if (dev->ops->keeps && dev->bus->slept && virtio_live(dev) && dev->queue[0].ready) {
        if (dev->ops->settle) {
            dev->ops->settle(dev);
        }
        dev->asleep = true;
    } else {
        forget(dev);
    }
    begin(dev);
}

/* 3.1.1: FEATURES_OK stays only if we can work with what the driver accepted. */
static uint32_t check_features(struct virtio_dev *dev, uint32_t status)
{
    const uint64_t needed = VIRTIO_F_VERSION_1 | (dev->features & VIRTIO_F_ACCESS_PLATFORM);

    if ((dev->accepted & ~dev->features) || (needed & ~dev->accepted)) {
        return status & ~(STATUS_FEATURES_OK | STATUS_DRIVER_OK);
    }
    for (unsigned q = 0; q < dev->ops->queues; q++) {
        dev->queue[q].vq.indirect = dev->accepted & VIRTIO_F_INDIRECT_DESC;
        dev->queue[q].vq.event_idx = dev->accepted & VIRTIO_F_EVENT_IDX;
    }
    return status;
}

static void write_status(struct virtio_dev *dev, uint32_t value)
{
    uint32_t old = dev->status, now = value & STATUS_DRIVERS;

    if (value == 0) {
        reset_by_driver(dev);
        return;
    }
    now |= old; /* a driver clears no bit but by a reset (2.1.1) */
    if (now & ~old & STATUS_FEATURES_OK) {
        now = check_features(dev, now);
    }
    if (!(now & STATUS_FEATURES_OK)) {
        now &= ~STATUS_DRIVER_OK;
    }
    dev_set_status(dev, now);
    dev->asleep = dev->asleep && !(now & STATUS_DRIVER_OK);
    if (now & ~old & STATUS_DRIVER_OK) {
        virtio_dev_notify(dev, UINT32_MAX);
    }
}

static void write_accepted(struct virtio_dev *dev, uint32_t value)
{
    unsigned shift = 32 * dev->accepted_sel;

    if (dev->accepted_sel > 1 || (dev->status & STATUS_FEATURES_OK)) {
        return;
    }
    dev->accepted &= ~(0xffffffffull << shift);
    dev->accepted |= (uint64_t)value << shift;
}

/* Before FEATURES_OK too: drivers exist that negotiate last, and QEMU lets them. */
static void write_queue_ready(struct virtio_dev *dev, uint32_t value)
{
    unsigned q = dev->queue_sel;

    if (dev->asleep) {
        forget(dev);
    }
    if (q >= dev->ops->queues || dev->queue[q].ready == (value & 1)) {
        return;
    }
    if (!(value & 1)) {
        dev->queue[q].ready = false;
        vq_stop(&dev->queue[q].vq);
        if (dev->ops->queue_stopped) {
            dev->ops->queue_stopped(dev, q);
        }
    } else if (!vq_start(&dev->queue[q].vq, dev->queue[q].size, dev->queue[q].desc,
                         dev->queue[q].avail, dev->queue[q].used)) {
        virtio_broken(dev, "bad queue set-up");
    } else {
        dev->queue[q].ready = true;
    }
    show_queue(dev);
}

static void set_half(uint64_t *address, bool high, uint32_t value)
{
    if (high) {
        *address = (uint32_t)*address | (uint64_t)value << 32;
    } else {
        *address = (*address & ~0xffffffffull) | value;
    }
}

/* Size and addresses of the selected queue: fixed while it is ready. */
static void write_queue(struct virtio_dev *dev, uint32_t offset, uint32_t value)
{
    unsigned q = dev->queue_sel;

    if (dev->asleep) {
        forget(dev);
    }
    if (q >= dev->ops->queues || dev->queue[q].ready) {
        return;
    }
    if (offset == REG_QUEUE_NUM) {
        dev->queue[q].size = value <= dev->ops->queue_size ? (uint16_t)value : 0;
    } else if (offset <= REG_QUEUE_DESC_HIGH) {
        set_half(&dev->queue[q].desc, offset == REG_QUEUE_DESC_HIGH, value);
    } else if (offset <= REG_QUEUE_DRIVER_HIGH) {
        set_half(&dev->queue[q].avail, offset == REG_QUEUE_DRIVER_HIGH, value);
    } else {
        set_half(&dev->queue[q].used, offset == REG_QUEUE_DEVICE_HIGH, value);
    }
}

static void write_reg(struct virtio_dev *dev, uint32_t offset, uint32_t value)
{
    switch (offset) {
    case REG_DEVICE_FEATURES_SEL:
        dev->features_sel = value;
        show_features(dev);
        break;
    case REG_DRIVER_FEATURES:
        write_accepted(dev, value);
        break;
    case REG_DRIVER_FEATURES_SEL:
        dev->accepted_sel = value;
        break;
    case REG_QUEUE_SEL:
        dev->queue_sel = value;
        show_queue(dev);
        break;
    case REG_QUEUE_READY:
        write_queue_ready(dev, value);
        break;
    case REG_STATUS:
        write_status(dev, value);
        break;
    case REG_QUEUE_NUM:
    case REG_QUEUE_DESC_LOW:
    case REG_QUEUE_DESC_HIGH:
    case REG_QUEUE_DRIVER_LOW:
    case REG_QUEUE_DRIVER_HIGH:
    case REG_QUEUE_DEVICE_LOW:
    case REG_QUEUE_DEVICE_HIGH:
        write_queue(dev, offset, value);
        break;
    }
}

void virtio_dev_write(struct virtio_dev *dev, uint32_t offset, unsigned size, uint64_t value)
{
    if (offset >= REG_CONFIG) {
        offset -= REG_CONFIG;
        if (dev->ops->config_written && size <= VIRTIO_CONFIG_MAX - offset) {
            dev->ops->config_written(dev, offset, size, value);
        }
    } else if (size == 4) {
        write_reg(dev, offset, (uint32_t)value); /* 4.2.2.2: other sizes are not allowed */
    }
}
