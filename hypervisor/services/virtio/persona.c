/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The virtio devices of a persona: what switchboard.h promises of virtio/. */
#include <stdio.h>
#include <string.h>

#include "vblock.h"
#include "vconsole.h"
#include "ventropy.h"
#include "vgpu.h"
#include "vinput.h"
#include "vnet.h"

#define PERSONAS 4u

struct persona {
    struct virtio_dev *slot[VIO_SLOT_COUNT]; /* NULL: empty */
    struct block_dev system, data;
    struct net_dev net;
    struct gpu_dev gpu;
    struct touch_dev touch;
    struct keys_dev keys;
    struct console_dev console;
    struct entropy_dev entropy;
};

static struct persona personas[PERSONAS];
static unsigned personas_used;

static struct virtio_dev *device(const struct vm *vm, unsigned slot)
{
    struct persona *p = vm->virtio;

    return p && slot < VIO_SLOT_COUNT ? p->slot[slot] : NULL;
}

static void attach_blocks(struct persona *p, struct vm *vm)
{
    char serial[sizeof(vm->name) + 8];

    snprintf(serial, sizeof(serial), "%s-system", vm->name);
    block_attach(&p->system, vm, VIO_SLOT_SYSTEM, vm->system, serial);
    p->slot[VIO_SLOT_SYSTEM] = vm->system ? &p->system.dev : NULL;
    snprintf(serial, sizeof(serial), "%s-data", vm->name);
    block_attach(&p->data, vm, VIO_SLOT_DATA, vm->data, serial);
    p->slot[VIO_SLOT_DATA] = vm->data ? &p->data.dev : NULL;
}

void virtio_init(struct vm *vm)
{
    struct persona *p;

    for (unsigned slot = 0; slot < PB_VIO_SLOTS; slot++)
        virtio_attach_none(vm, slot);
    if (!vm->virtio && personas_used == PERSONAS) {
        log_line("virtio: no devices for %s: at most %u VMs have them", vm->name, PERSONAS);
        return;
    }
    p = vm->virtio ? vm->virtio : &personas[personas_used++];
    vm->virtio = p;
    attach_blocks(p, vm);
    net_attach(&p->net, vm, VIO_SLOT_NET);
    p->slot[VIO_SLOT_NET] = &p->net.dev;
    gpu_attach(&p->gpu, vm, VIO_SLOT_GPU);
    p->slot[VIO_SLOT_GPU] = &p->gpu.dev;
    touch_attach(&p->touch, vm, VIO_SLOT_TOUCH);
    p->slot[VIO_SLOT_TOUCH] = &p->touch.input.dev;
    keys_attach(&p->keys, vm, VIO_SLOT_KEYS);
    p->slot[VIO_SLOT_KEYS] = &p->keys.input.dev;
    console_attach(&p->console, vm, VIO_SLOT_CONSOLE);
    p->slot[VIO_SLOT_CONSOLE] = &p->console.dev;
    entropy_attach(&p->entropy, vm, VIO_SLOT_RNG);
    p->slot[VIO_SLOT_RNG] = entropy_ready() ? &p->entropy.dev : NULL;
}

void virtio_notify(struct vm *vm, unsigned slot, uint32_t queue_mask)
{
    struct virtio_dev *dev = device(vm, slot);

    if (dev)
        virtio_dev_notify(dev, queue_mask);
}

void virtio_write(struct vm *vm, unsigned slot, uint32_t offset, unsigned size, uint64_t value)
{
    struct virtio_dev *dev = device(vm, slot);

    if (dev && size && size <= 8 && offset < PB_VIO_STRIDE && size <= PB_VIO_STRIDE - offset)
        virtio_dev_write(dev, offset, size, value);
}

void virtio_reset_vm(struct vm *vm)
{
    for (unsigned slot = 0; slot < VIO_SLOT_COUNT; slot++) {
        if (device(vm, slot))
            virtio_dev_reset(device(vm, slot));
    }
}

void virtio_lost(struct vm *vm)
{
    for (unsigned slot = 0; slot < VIO_SLOT_COUNT; slot++) {
        if (device(vm, slot) && device(vm, slot)->status)
            virtio_broken(device(vm, slot), "its memory was taken away");
    }
}

void virtio_net_receive(struct vm *vm, const void *frame, size_t len)
{
    if (vm->virtio)
        net_receive(&((struct persona *)vm->virtio)->net, frame, len);
}

void vinput_touch(struct vm *vm, unsigned slot, enum touch_action action, uint32_t x, uint32_t y)
{
    if (vm->virtio)
        touch_contact(&((struct persona *)vm->virtio)->touch, slot, action, x, y);
}

void vinput_touch_sync(struct vm *vm)
{
    if (vm->virtio)
        touch_sync(&((struct persona *)vm->virtio)->touch);
}

enum vinput_result vinput_key(struct vm *vm, uint16_t code, unsigned value, uint32_t *number)
{
    if (!vm->virtio)
        return VINPUT_NO_DRIVER;
    return keys_key(&((struct persona *)vm->virtio)->keys, code, value, number);
}

enum vinput_result vinput_wheel(struct vm *vm, int steps, uint32_t *number)
{
    if (!vm->virtio)
        return VINPUT_NO_DRIVER;
    return keys_wheel(&((struct persona *)vm->virtio)->keys, steps, number);
}

uint32_t vinput_taken(const struct vm *vm)
{
    return vm->virtio ? keys_taken(&((struct persona *)vm->virtio)->keys) : 0;
}

void vinput_on_taken(struct vm *vm, void (*told)(struct vm *vm, bool reset))
{
    if (vm->virtio)
        ((struct persona *)vm->virtio)->keys.told = told;
}

size_t vconsole_input(struct vm *vm, const void *data, size_t len)
{
    return vm->virtio ? console_input(&((struct persona *)vm->virtio)->console, data, len) : 0;
}

void virtio_stats(const struct vm *vm, char *text, size_t size)
{
    struct virtio_counts sum = {0};

    for (unsigned slot = 0; slot < VIO_SLOT_COUNT; slot++) {
        const struct virtio_dev *dev = device(vm, slot);

        if (!dev)
            continue;
        sum.notifications += dev->counts.notifications;
        sum.requests += dev->counts.requests;
        sum.interrupts += dev->counts.interrupts;
        sum.broken += dev->counts.broken;
    }
    snprintf(text, size, "notifications=%lu requests=%lu interrupts=%lu broken=%lu",
             (unsigned long)sum.notifications, (unsigned long)sum.requests,
             (unsigned long)sum.interrupts, (unsigned long)sum.broken);
}
