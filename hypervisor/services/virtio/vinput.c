/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Input devices, configuration and queues: virtio 1.2, section 5.8. */
#include "vinput.h"

#include <string.h>

#include "evdev.h"

enum config_select {
    CFG_UNSET = 0x00,
    CFG_ID_NAME = 0x01,
    CFG_ID_SERIAL = 0x02,
    CFG_ID_DEVIDS = 0x03,
    CFG_PROP_BITS = 0x10,
    CFG_EV_BITS = 0x11,
    CFG_ABS_INFO = 0x12,
};

/* struct virtio_input_config, 5.8.4. */
#define CONFIG_SELECT 0u
#define CONFIG_SUBSEL 1u
#define CONFIG_SIZE   2u
#define CONFIG_DATA   8u
#define DATA_BYTES    128u

#define VENDOR 0x5042u

static uint8_t name_string(const struct input_info *info, uint8_t *data)
{
    size_t n = strlen(info->name);

    n = n < DATA_BYTES ? n : DATA_BYTES;
    memcpy(data, info->name, n);
    return (uint8_t)n;
}

static uint8_t device_ids(const struct input_info *info, uint8_t *data)
{
    const uint16_t ids[4] = {BUS_VIRTUAL, VENDOR, info->product, 1};

    memcpy(data, ids, sizeof(ids));
    return sizeof(ids);
}

/* The bitmap of the codes of one event type; its size is that of the bytes in use. */
static uint8_t event_bits(const struct input_info *info, uint8_t type, uint8_t *data)
{
    uint8_t size = 0;

    for (unsigned i = 0; i < info->code_count; i++) {
        if (info->codes[i].type != type) {
            continue;
        }
        for (unsigned c = info->codes[i].first; c <= info->codes[i].last; c++) {
            data[c / 8] |= (uint8_t)(1u << c % 8);
            size = c / 8 + 1 > size ? (uint8_t)(c / 8 + 1) : size;
        }
    }
    return size;
}

static uint8_t abs_info(const struct input_info *info, uint8_t axis, uint8_t *data)
{
    for (unsigned i = 0; i < info->abs_count; i++) {
        const uint32_t abs[5] = {0, info->abs[i].max, 0, 0, info->abs[i].per_mm};

        if (info->abs[i].code == axis) {
            memcpy(data, abs, sizeof(abs));
            return sizeof(abs);
        }
    }
    return 0;
}

/* What the driver reads for a selection; size 0: there is no such thing. */
static uint8_t look_up(const struct input_dev *input, uint8_t *data)
{
    const struct input_info *info = input->info;

    if (input->select == CFG_EV_BITS) {
        return event_bits(info, input->subsel, data);
    }
    if (input->select == CFG_ABS_INFO) {
        return abs_info(info, input->subsel, data);
    }
    if (input->subsel != 0) {
        return 0;
    }
    if (input->select == CFG_ID_NAME) {
        return name_string(info, data);
    }
    if (input->select == CFG_ID_DEVIDS) {
        return device_ids(info, data);
    }
    if (input->select == CFG_PROP_BITS && info->direct) {
        data[0] = 1u << INPUT_PROP_DIRECT;
        return 1;
    }
    return 0;
}

static void show_selection(struct input_dev *input)
{
    uint8_t data[DATA_BYTES] = {0};
    uint8_t size = look_up(input, data);

    virtio_config_put8(&input->dev, CONFIG_SELECT, input->select);
    virtio_config_put8(&input->dev, CONFIG_SUBSEL, input->subsel);
    virtio_config_put8(&input->dev, CONFIG_SIZE, size);
    virtio_config_put(&input->dev, CONFIG_DATA, data, sizeof(data));
}

void input_config_reset(struct input_dev *input)
{
    input->select = CFG_UNSET;
    input->subsel = 0;
    show_selection(input);
}

void input_config_written(struct virtio_dev *dev, uint32_t offset, unsigned size, uint64_t value)
{
    struct input_dev *input = (struct input_dev *)dev;

    for (unsigned i = 0; i < size; i++, offset++, value >>= 8) {
        if (offset == CONFIG_SELECT) {
            input->select = (uint8_t)value;
        } else if (offset == CONFIG_SUBSEL) {
            input->subsel = (uint8_t)value;
        }
    }
    show_selection(input);
}

/* 5.8.6: status events (LEDs) have no effect on a phone without LEDs. */
uint32_t input_status(struct virtio_dev *dev, unsigned queue, const struct vq_chain *chain,
                      bool *ok)
{
    (void)ok;
    virtio_answer(dev, queue, chain->head, 0);
    return chain->out_bytes;
}

/* True if that many buffers wait; else a notification of more is asked for. */
static bool room(struct virtqueue *vq, unsigned count)
{
    if (vq_waiting(vq) >= count) {
        return true;
    }
    vq_enable_notify(vq);
    return vq_waiting(vq) >= count;
}

bool input_report(struct input_dev *input, const struct vinput_event *event, unsigned count)
{
    struct virtio_dev *dev = &input->dev;
    struct vq_chain chain;

    if (!virtio_live(dev) || !room(&dev->queue[INPUT_QUEUE_EVENTS].vq, count)) {
        return false;
    }
    for (unsigned i = 0; i < count; i++) {
        if (!virtio_take(dev, INPUT_QUEUE_EVENTS, &chain)) {
            return false;
        }
        virtio_answer(dev, INPUT_QUEUE_EVENTS, chain.head,
                      (uint32_t)vq_write(&chain, 0, &event[i], sizeof(event[i])));
    }
    virtio_signal(dev, INPUT_QUEUE_EVENTS);
    return true;
}
