/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "driver.h"

#include "regs.h"

#define VERSION_1 (1ull << 32)

static uint32_t plain_read(uintptr_t base, uint32_t offset)
{
    return *(volatile uint32_t *)(base + offset);
}

static void plain_write(uintptr_t base, uint32_t offset, uint32_t value)
{
    *(volatile uint32_t *)(base + offset) = value;
}

static const struct virtio_driver_ops plain = {plain_read, plain_write};

static uint32_t get(const struct virtio_driver *driver, uint32_t offset)
{
    return driver->ops->read(driver->base, offset);
}

static void put(const struct virtio_driver *driver, uint32_t offset, uint32_t value)
{
    driver->ops->write(driver->base, offset, value);
}

static void add_status(const struct virtio_driver *driver, uint32_t bits)
{
    put(driver, REG_STATUS, get(driver, REG_STATUS) | bits);
}

static uint64_t offered(const struct virtio_driver *driver)
{
    uint64_t features;

    put(driver, REG_DEVICE_FEATURES_SEL, 1);
    features = (uint64_t)get(driver, REG_DEVICE_FEATURES) << 32;
    put(driver, REG_DEVICE_FEATURES_SEL, 0);
    return features | get(driver, REG_DEVICE_FEATURES);
}

static bool agree(struct virtio_driver *driver, uint64_t wanted)
{
    driver->features = offered(driver) & (wanted | VERSION_1);
    put(driver, REG_DRIVER_FEATURES_SEL, 1);
    put(driver, REG_DRIVER_FEATURES, (uint32_t)(driver->features >> 32));
    put(driver, REG_DRIVER_FEATURES_SEL, 0);
    put(driver, REG_DRIVER_FEATURES, (uint32_t)driver->features);
    add_status(driver, STATUS_FEATURES_OK);
    return (driver->features & VERSION_1) && (get(driver, REG_STATUS) & STATUS_FEATURES_OK);
}

bool virtio_driver_begin(struct virtio_driver *driver, const struct virtio_driver_ops *ops,
                         uintptr_t base, uint32_t device_id, uint64_t wanted)
{
    *driver = (struct virtio_driver){.ops = ops ? ops : &plain, .base = base};
    if (get(driver, REG_MAGIC) != MAGIC || get(driver, REG_VERSION) != VERSION ||
        get(driver, REG_DEVICE_ID) != device_id) {
        return false;
    }
    put(driver, REG_STATUS, 0);
    add_status(driver, STATUS_ACKNOWLEDGE);
    add_status(driver, STATUS_DRIVER);
    if (agree(driver, wanted)) {
        return true;
    }
    add_status(driver, STATUS_FAILED);
    return false;
}

static void put64(const struct virtio_driver *driver, uint32_t low, uint64_t value)
{
    put(driver, low, (uint32_t)value);
    put(driver, low + 4, (uint32_t)(value >> 32));
}

bool virtio_driver_queue(struct virtio_driver *driver, unsigned index, struct drvqueue *queue,
                         uint16_t size, void *rings)
{
    uint32_t most;

    put(driver, REG_QUEUE_SEL, index);
    most = get(driver, REG_QUEUE_NUM_MAX);
    while (size > most || size > DRVQUEUE_MAX) {
        size /= 2;
    }
    if (!size || get(driver, REG_QUEUE_READY)) {
        return false;
    }
    drvqueue_init(queue, size, rings);
    put(driver, REG_QUEUE_NUM, size);
    put64(driver, REG_QUEUE_DESC_LOW, (uintptr_t)rings);
    put64(driver, REG_QUEUE_DRIVER_LOW, (uintptr_t)rings + DRVQUEUE_AVAIL(size));
    put64(driver, REG_QUEUE_DEVICE_LOW, (uintptr_t)rings + DRVQUEUE_USED(size));
    put(driver, REG_QUEUE_READY, 1);
    return get(driver, REG_QUEUE_READY) == 1;
}

void virtio_driver_ready(struct virtio_driver *driver)
{
    add_status(driver, STATUS_DRIVER_OK);
}

void virtio_driver_kick(struct virtio_driver *driver, unsigned index, const struct drvqueue *queue)
{
    if (drvqueue_wants_notify(queue)) {
        put(driver, REG_QUEUE_NOTIFY, index);
    }
}

uint32_t virtio_driver_interrupts(struct virtio_driver *driver)
{
    const uint32_t bits = get(driver, REG_INTERRUPT_STATUS);

    if (bits) {
        put(driver, REG_INTERRUPT_ACK, bits);
    }
    return bits;
}

bool virtio_driver_works(struct virtio_driver *driver)
{
    return !(get(driver, REG_STATUS) & (STATUS_NEEDS_RESET | STATUS_FAILED));
}

uint32_t virtio_driver_config(struct virtio_driver *driver, uint32_t offset)
{
    return get(driver, REG_CONFIG + offset);
}
