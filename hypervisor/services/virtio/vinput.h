/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Input devices: virtio 1.2, section 5.8. Two models, a multi-touch panel (Linux multi-touch
 * protocol B) and a keyboard with a phone's keys and a wheel. A report reaches the guest whole or
 * not at all; what does not fit now is made up for when the guest gives buffers again, so that no
 * finger and no key stays down.
 */
#ifndef VIRTIO_INPUT_H
#define VIRTIO_INPUT_H

#include "device.h"
#include "el1/touch.h"

#define INPUT_CONTACTS 10u
#define INPUT_KEYS     256u /* key codes 0 .. 255 */
#define INPUT_AXES     6u   /* of the panel */
#define INPUT_BACKLOG  256u /* reports of keys and wheel that wait for buffers */

struct vinput_event {
    uint16_t type;
    uint16_t code;
    uint32_t value;
};

/* A range of codes of one event type that a device can send. */
struct input_codes {
    uint8_t type;
    uint16_t first, last;
};

struct input_abs {
    uint16_t code;
    uint32_t max; /* from 0 */
    uint32_t per_mm;
};

/* What a device tells of itself. */
struct input_info {
    const char *name;
    uint16_t product;
    bool direct; /* INPUT_PROP_DIRECT */
    const struct input_codes *codes;
    unsigned code_count;
    const struct input_abs *abs;
    unsigned abs_count;
};

struct input_dev {
    struct virtio_dev dev;
    struct virtio_queue queue[2];
    const struct input_info *info;
    uint8_t select, subsel;
};

struct touch_contact {
    int32_t id; /* tracking id; -1: no finger */
    uint32_t x, y;
};

struct touch_dev {
    struct input_dev input;
    struct input_info info; /* with the panel's size */
    struct input_abs abs[INPUT_AXES];
    uint32_t width, height;
    struct touch_contact now[INPUT_CONTACTS];
    struct touch_contact sent[INPUT_CONTACTS]; /* what the guest knows */
    unsigned sent_slot;
    bool touching; /* BTN_TOUCH as the guest knows it */
    bool synced;   /* `now` is a whole report */
    uint16_t next_id;
};

/* keys_taken() may have changed; reset: it is 0 again, and what was under way is lost. NULL: no one
 * wants to know. */
typedef void keys_told_fn(void *owner, bool reset);

struct keys_dev {
    struct input_dev input;
    struct vinput_event backlog[INPUT_BACKLOG]; /* a ring; each is a report of its own */
    unsigned first, count;
    uint8_t now[INPUT_KEYS / 8];    /* keys that are down */
    uint8_t queued[INPUT_KEYS / 8]; /* as the guest will know them after the backlog */
    uint32_t accepted;              /* reports so far; 0 again after a reset */
    uint32_t sent;                  /* of these, in the queue */
    unsigned buffers;               /* that the driver has given the queue altogether */
    keys_told_fn *told;
};

/* The panel is width x height pixels. */
void touch_attach(struct touch_dev *touch, struct virtio_bus *bus, unsigned slot, uint32_t width,
                  uint32_t height);
void touch_contact(struct touch_dev *touch, unsigned contact, enum touch_action action, uint32_t x,
                   uint32_t y);
void touch_sync(struct touch_dev *touch);

void keys_attach(struct keys_dev *keys, struct virtio_bus *bus, unsigned slot, keys_told_fn *told);
enum keys_result {
    KEYS_OK,
    KEYS_NO_SUCH_KEY, /* the keyboard has codes 1..248; the guest repeats by itself */
    KEYS_NO_DRIVER,   /* the guest drives no keyboard now */
    KEYS_FULL,        /* too much waits for the guest already; never said of a release */
};

/*
 * Linux evdev key code; value 0 released, 1 pressed. Each call is a report of its own; *number,
 * set when it is accepted, says which: it has been taken when keys_taken() is not less.
 */
enum keys_result keys_key(struct keys_dev *keys, uint16_t code, unsigned value, uint32_t *number);
/* Steps of the wheel, positive: away from the user. */
enum keys_result keys_wheel(struct keys_dev *keys, int steps, uint32_t *number);

/* How many reports the driver has taken: it has given their buffers back. */
uint32_t keys_taken(const struct keys_dev *keys);

/* ---- Shared by the two ------------------------------------------------------------------ */

/* The operations of the device type that do not depend on the model. */
void input_config_written(struct virtio_dev *dev, uint32_t offset, unsigned size, uint64_t value);
uint32_t input_status(struct virtio_dev *dev, unsigned queue, const struct vq_chain *chain,
                      bool *ok);

#define INPUT_QUEUE_EVENTS 0u
#define INPUT_QUEUE_STATUS 1u
#define INPUT_QUEUE        64u

/* Sends all `count` events, the last an EV_SYN; false: not enough buffers, nothing sent. */
bool input_report(struct input_dev *input, const struct vinput_event *event, unsigned count);

/* Shows the start page of the configuration: VIRTIO_INPUT_CFG_UNSET. */
void input_config_reset(struct input_dev *input);

#endif
