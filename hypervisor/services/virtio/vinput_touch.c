/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The touch panel: Linux multi-touch protocol B (slots and tracking ids) by virtio-input. */
#include "vinput.h"

#include "evdev.h"

#define PER_MM 12u /* units: the panel has 294 dots per inch */

/* Slot, id, x, y of each contact; touch, x, y of the pointer; the end. */
#define REPORT_MAX (4 * INPUT_CONTACTS + 4)

_Static_assert(REPORT_MAX <= INPUT_QUEUE, "a report fits into an empty queue");

static const struct input_codes touch_codes[] = {
    {EV_KEY, BTN_TOUCH, BTN_TOUCH},
    {EV_ABS, ABS_X, ABS_Y},
    {EV_ABS, ABS_MT_SLOT, ABS_MT_SLOT},
    {EV_ABS, ABS_MT_POSITION_X, ABS_MT_POSITION_Y},
    {EV_ABS, ABS_MT_TRACKING_ID, ABS_MT_TRACKING_ID},
};

/* An axis ends at the panel's edge, or at what it can say. */
static const struct axis {
    uint16_t code;
    enum { END_WIDTH, END_HEIGHT, END_FIXED } end;
    uint32_t max, per_mm;
} axes[INPUT_AXES] = {
    {ABS_X, END_WIDTH, 0, PER_MM},
    {ABS_Y, END_HEIGHT, 0, PER_MM},
    {ABS_MT_SLOT, END_FIXED, INPUT_CONTACTS - 1, 0},
    {ABS_MT_POSITION_X, END_WIDTH, 0, PER_MM},
    {ABS_MT_POSITION_Y, END_HEIGHT, 0, PER_MM},
    {ABS_MT_TRACKING_ID, END_FIXED, 0xffff, 0},
};

static const struct input_info touch_info = {
    .name = "Phonebooth touch panel",
    .product = 1,
    .direct = true,
    .codes = touch_codes,
    .code_count = sizeof(touch_codes) / sizeof(touch_codes[0]),
    .abs_count = INPUT_AXES,
};

struct report {
    struct vinput_event event[REPORT_MAX];
    unsigned count;
};

static void add(struct report *report, uint16_t type, uint16_t code, uint32_t value)
{
    report->event[report->count++] = (struct vinput_event){type, code, value};
}

static void add_contact(struct report *report, const struct touch_contact *now,
                        const struct touch_contact *sent)
{
    bool fresh = now->id != sent->id;

    if (fresh) {
        add(report, EV_ABS, ABS_MT_TRACKING_ID, (uint32_t)now->id);
    }
    if (now->id < 0) {
        return;
    }
    if (fresh || now->x != sent->x) {
        add(report, EV_ABS, ABS_MT_POSITION_X, now->x);
    }
    if (fresh || now->y != sent->y) {
        add(report, EV_ABS, ABS_MT_POSITION_Y, now->y);
    }
}

static bool same(const struct touch_contact *a, const struct touch_contact *b)
{
    return a->id == b->id && a->x == b->x && a->y == b->y;
}

/* Adds what changed of the contacts; returns the first finger down, NULL: none. */
static const struct touch_contact *add_contacts(struct touch_dev *touch, struct report *report,
                                                unsigned *slot)
{
    const struct touch_contact *first = NULL;

    for (unsigned i = 0; i < INPUT_CONTACTS; i++) {
        if (!first && touch->now[i].id >= 0) {
            first = &touch->now[i];
        }
        if (same(&touch->now[i], &touch->sent[i])) {
            continue;
        }
        if (*slot != i) {
            add(report, EV_ABS, ABS_MT_SLOT, i);
        }
        *slot = i;
        add_contact(report, &touch->now[i], &touch->sent[i]);
    }
    return first;
}

static void pump(struct touch_dev *touch)
{
    struct report report = {.count = 0};
    unsigned slot = touch->sent_slot;
    const struct touch_contact *first = add_contacts(touch, &report, &slot);

    if (report.count == 0) {
        return;
    }
    if (touch->touching != (first != NULL)) {
        add(&report, EV_KEY, BTN_TOUCH, first != NULL);
    }
    if (first) {
        add(&report, EV_ABS, ABS_X, first->x);
        add(&report, EV_ABS, ABS_Y, first->y);
    }
    add(&report, EV_SYN, SYN_REPORT, 0);
    if (!input_report(&touch->input, report.event, report.count)) {
        return;
    }
    touch->sent_slot = slot;
    touch->touching = first != NULL;
    for (unsigned i = 0; i < INPUT_CONTACTS; i++) {
        touch->sent[i] = touch->now[i];
    }
}

void touch_contact(struct touch_dev *touch, unsigned contact, enum touch_action action, uint32_t x,
                   uint32_t y)
{
    struct touch_contact *c;

    if (contact >= INPUT_CONTACTS) {
        return;
    }
    c = &touch->now[contact];
    touch->synced = false;
    if (action == TOUCH_UP) {
        c->id = -1;
        return;
    }
    if (action == TOUCH_DOWN) {
        c->id = touch->next_id++;
    } else if (c->id < 0) {
        return;
    }
    c->x = x < touch->width ? x : touch->width - 1;
    c->y = y < touch->height ? y : touch->height - 1;
}

void touch_sync(struct touch_dev *touch)
{
    touch->synced = true;
    pump(touch);
}

static void touch_refilled(struct virtio_dev *dev, unsigned queue)
{
    struct touch_dev *touch = (struct touch_dev *)dev;

    if (queue == INPUT_QUEUE_EVENTS && touch->synced) {
        pump(touch);
    }
}

/* A new driver knows of no finger; those on the glass now are not told to it. */
static void touch_reset(struct virtio_dev *dev)
{
    struct touch_dev *touch = (struct touch_dev *)dev;

    for (unsigned i = 0; i < INPUT_CONTACTS; i++) {
        touch->now[i] = touch->sent[i] = (struct touch_contact){.id = -1};
    }
    touch->sent_slot = 0;
    touch->next_id = 0;
    touch->touching = false;
    touch->synced = true;
    input_config_reset(&touch->input);
}

/* Whoever had fingers down has forgotten them. */
static void touch_resume(struct virtio_dev *dev)
{
    struct touch_dev *touch = (struct touch_dev *)dev;

    for (unsigned i = 0; i < INPUT_CONTACTS; i++) {
        touch->now[i].id = -1;
    }
    touch_sync(touch);
}

static const struct virtio_ops touch_ops = {
    .id = VIRTIO_ID_INPUT,
    .name = "virtio-input (touch)",
    .queues = 2,
    .queue_size = INPUT_QUEUE,
    .served = 1u << INPUT_QUEUE_STATUS,
    .request = input_status,
    .refilled = touch_refilled,
    .config_written = input_config_written,
    .reset = touch_reset,
    .resume = touch_resume,
};

void touch_attach(struct touch_dev *touch, struct virtio_bus *bus, unsigned slot, uint32_t width,
                  uint32_t height)
{
    touch->width = width;
    touch->height = height;
    for (unsigned i = 0; i < INPUT_AXES; i++) {
        const uint32_t max[] = {width - 1, height - 1, axes[i].max};

        touch->abs[i] = (struct input_abs){axes[i].code, max[axes[i].end], axes[i].per_mm};
    }
    touch->info = touch_info;
    touch->info.abs = touch->abs;
    touch->input.info = &touch->info;
    virtio_attach(&touch->input.dev, &touch_ops, touch->input.queue, bus, slot, 0);
}
