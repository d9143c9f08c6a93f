/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The keyboard with a phone's keys and a wheel, by virtio-input. */
#include "vinput.h"

#include <string.h>

#include "evdev.h"

static const struct input_codes keys_codes[] = {
    {EV_KEY, KEY_ESC, KEY_MICMUTE}, /* power and volume among them */
    {EV_REL, REL_WHEEL, REL_WHEEL},
    {EV_LED, LED_NUML, LED_SCROLLL},
    {EV_REP, REP_DELAY, REP_PERIOD}, /* the guest repeats by itself */
};

static const struct input_info keys_info = {
    .name = "Phonebooth keys",
    .product = 2,
    .codes = keys_codes,
    .code_count = sizeof(keys_codes) / sizeof(keys_codes[0]),
};

static bool bit(const uint8_t *map, unsigned n)
{
    return map[n / 8] >> n % 8 & 1;
}

static void set_bit(uint8_t *map, unsigned n, bool value)
{
    map[n / 8] = (uint8_t)((map[n / 8] & ~(1u << n % 8)) | (unsigned)value << n % 8);
}

static bool enqueue(struct keys_dev *keys, uint16_t type, uint16_t code, uint32_t value)
{
    if (keys->count == INPUT_BACKLOG)
        return false;
    keys->backlog[(keys->first + keys->count++) % INPUT_BACKLOG] =
        (struct input_event){type, code, value};
    return true;
}

/* Brings the guest's view of the keys up to date with what was lost to a full backlog. */
static void enqueue_lost(struct keys_dev *keys)
{
    for (unsigned i = 0; i < INPUT_KEYS; i++) {
        bool down = bit(keys->now, i);

        if (down != bit(keys->queued, i) && enqueue(keys, EV_KEY, (uint16_t)i, down))
            set_bit(keys->queued, i, down);
    }
}

static void pump(struct keys_dev *keys)
{
    struct input_event report[2] = {[1] = {EV_SYN, SYN_REPORT, 0}};

    while (keys->count) {
        report[0] = keys->backlog[keys->first];
        if (!input_report(&keys->input, report, 2))
            return;
        keys->first = (keys->first + 1) % INPUT_BACKLOG;
        if (--keys->count == 0)
            enqueue_lost(keys);
    }
}

void keys_key(struct keys_dev *keys, uint16_t code, unsigned value)
{
    /* The guest makes its own repeats, and a key that it was not told of it would not know. */
    if (code < KEY_ESC || code > KEY_MICMUTE || value > 1 || !virtio_live(&keys->input.dev))
        return;
    set_bit(keys->now, code, value);
    if (enqueue(keys, EV_KEY, code, value))
        set_bit(keys->queued, code, value);
    pump(keys);
}

void keys_wheel(struct keys_dev *keys, int steps)
{
    if (steps == 0 || !virtio_live(&keys->input.dev))
        return;
    enqueue(keys, EV_REL, REL_WHEEL, (uint32_t)steps);
    pump(keys);
}

static void keys_refilled(struct virtio_dev *dev, unsigned queue)
{
    if (queue == INPUT_QUEUE_EVENTS)
        pump((struct keys_dev *)dev);
}

static void keys_reset(struct virtio_dev *dev)
{
    struct keys_dev *keys = (struct keys_dev *)dev;

    keys->first = keys->count = 0;
    memset(keys->now, 0, sizeof(keys->now));
    memset(keys->queued, 0, sizeof(keys->queued));
    input_config_reset(&keys->input);
}

static const struct virtio_ops keys_ops = {
    .id = VIRTIO_ID_INPUT,
    .name = "virtio-input (keys)",
    .queues = 2,
    .queue_size = INPUT_QUEUE,
    .served = 1u << INPUT_QUEUE_STATUS,
    .request = input_status,
    .refilled = keys_refilled,
    .config_written = input_config_written,
    .reset = keys_reset,
};

void keys_attach(struct keys_dev *keys, struct vm *vm, unsigned slot)
{
    keys->input.info = &keys_info;
    virtio_attach(&keys->input.dev, &keys_ops, vm, slot, 0);
}
