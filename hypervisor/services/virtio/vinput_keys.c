/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The keyboard with a phone's keys and a wheel, by virtio-input. */
#include "vinput.h"

#include <string.h>

#include "evdev.h"

#define REPORT 2u /* events: the key or the wheel, and SYN_REPORT */

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
    if (keys->count == INPUT_BACKLOG) {
        return false;
    }
    keys->backlog[(keys->first + keys->count++) % INPUT_BACKLOG] =
        (struct vinput_event){type, code, value};
    keys->accepted++;
    return true;
}

/* Brings the guest's view of the keys up to date with what was lost to a full backlog. */
static void enqueue_lost(struct keys_dev *keys)
{
    for (unsigned i = 0; i < INPUT_KEYS; i++) {
        bool down = bit(keys->now, i);

        if (down != bit(keys->queued, i) && enqueue(keys, EV_KEY, (uint16_t)i, down)) {
            set_bit(keys->queued, i, down);
        }
    }
}

/* The most that were ever there: Linux fills the queue before it is ready and keeps it so. */
static void count_buffers(struct keys_dev *keys)
{
    const unsigned waiting = vq_waiting(&keys->input.dev.queue[INPUT_QUEUE_EVENTS].vq);

    if (waiting > keys->buffers) {
        keys->buffers = waiting;
    }
}

static void pump(struct keys_dev *keys)
{
    struct vinput_event report[REPORT] = {[1] = {EV_SYN, SYN_REPORT, 0}};

    count_buffers(keys);
    while (keys->count) {
        report[0] = keys->backlog[keys->first];
        if (!input_report(&keys->input, report, REPORT)) {
            return;
        }
        keys->sent++;
        keys->first = (keys->first + 1) % INPUT_BACKLOG;
        if (--keys->count == 0) {
            enqueue_lost(keys);
        }
    }
    vq_enable_notify(&keys->input.dev.queue[INPUT_QUEUE_EVENTS].vq); /* to hear what is taken */
}

uint32_t keys_taken(const struct keys_dev *keys)
{
    const unsigned waiting = vq_waiting(&keys->input.dev.queue[INPUT_QUEUE_EVENTS].vq);
    const unsigned away = waiting < keys->buffers ? keys->buffers - waiting : 0;

    return keys->sent - (away + REPORT - 1) / REPORT;
}

/* A release always counts: what a full backlog has no room for is made up for later. */
enum keys_result keys_key(struct keys_dev *keys, uint16_t code, unsigned value, uint32_t *number)
{
    if (code < KEY_ESC || code > KEY_MICMUTE || value > 1) {
        return KEYS_NO_SUCH_KEY;
    }
    if (!virtio_live(&keys->input.dev)) {
        return KEYS_NO_DRIVER;
    }
    if (value && keys->count == INPUT_BACKLOG) {
        return KEYS_FULL;
    }
    set_bit(keys->now, code, value);
    if (enqueue(keys, EV_KEY, code, value)) {
        set_bit(keys->queued, code, value);
    }
    *number = keys->accepted;
    pump(keys);
    return KEYS_OK;
}

enum keys_result keys_wheel(struct keys_dev *keys, int steps, uint32_t *number)
{
    *number = keys->accepted;
    if (steps == 0) {
        return KEYS_OK;
    }
    if (!virtio_live(&keys->input.dev)) {
        return KEYS_NO_DRIVER;
    }
    if (!enqueue(keys, EV_REL, REL_WHEEL, (uint32_t)steps)) {
        return KEYS_FULL;
    }
    *number = keys->accepted;
    pump(keys);
    return KEYS_OK;
}

static void tell(struct keys_dev *keys, bool reset)
{
    if (keys->told) {
        keys->told(keys->input.dev.bus->owner, reset);
    }
}

static void keys_refilled(struct virtio_dev *dev, unsigned queue)
{
    if (queue != INPUT_QUEUE_EVENTS) {
        return;
    }
    pump((struct keys_dev *)dev);
    tell((struct keys_dev *)dev, false);
}

static void keys_reset(struct virtio_dev *dev)
{
    struct keys_dev *keys = (struct keys_dev *)dev;

    keys->first = keys->count = keys->buffers = 0;
    keys->accepted = keys->sent = 0;
    memset(keys->now, 0, sizeof(keys->now));
    memset(keys->queued, 0, sizeof(keys->queued));
    input_config_reset(&keys->input);
    tell(keys, true);
}

/* Whoever had keys down has forgotten them. */
static void keys_resume(struct virtio_dev *dev)
{
    struct keys_dev *keys = (struct keys_dev *)dev;
    uint32_t number;

    for (uint16_t code = 0; code < INPUT_KEYS; code++) {
        if (bit(keys->now, code)) {
            keys_key(keys, code, 0, &number);
        }
    }
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
    .resume = keys_resume,
};

void keys_attach(struct keys_dev *keys, struct virtio_bus *bus, unsigned slot, keys_told_fn *told)
{
    keys->input.info = &keys_info;
    keys->told = told;
    virtio_attach(&keys->input.dev, &keys_ops, keys->input.queue, bus, slot, 0);
}
