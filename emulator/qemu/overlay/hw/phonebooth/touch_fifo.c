/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Touch frames, docs/board/touch.md, "Frames". */
#include "qemu/osdep.h"
#include "migration/vmstate.h"
#include "touch_fifo.h"

void touch_reset(TouchFifo *f)
{
    memset(f, 0, sizeof(*f));
}

/*
 * What takes a finger from @from to @to. TOUCH_UP also if it was lifted and put
 * down again in between: the new press is then left for another frame.
 */
static uint8_t finger_event(const TouchFinger *from, const TouchFinger *to)
{
    if (from->down) {
        return to->down && to->press == from->press ? TOUCH_CONTACT : TOUCH_UP;
    }
    return to->down ? TOUCH_DOWN : TOUCH_NONE;
}

static bool finger_changed(const TouchFinger *from, const TouchFinger *to)
{
    if (finger_event(from, to) != TOUCH_CONTACT) {
        return from->down || to->down;
    }
    return from->x != to->x || from->y != to->y;
}

static bool anything_changed(const TouchFifo *f)
{
    for (int i = 0; i < TOUCH_SLOTS; i++) {
        if (finger_changed(&f->framed[i], &f->now[i])) {
            return true;
        }
    }
    return false;
}

static void push_frame(TouchFifo *f)
{
    TouchFrame *frame = &f->frame[(f->head + f->count) % TOUCH_FRAMES];

    f->count++;
    for (int i = 0; i < TOUCH_SLOTS; i++) {
        TouchFinger *framed = &f->framed[i];
        uint8_t event = finger_event(framed, &f->now[i]);

        if (event == TOUCH_UP) {
            framed->down = false; /* lifted where it was last seen */
        } else {
            *framed = f->now[i];
        }
        frame->event[i] = event;
        frame->x[i] = framed->x;
        frame->y[i] = framed->y;
        frame->press[i] = framed->press;
    }
}

void touch_sync(TouchFifo *f)
{
    while (f->count < TOUCH_FRAMES && anything_changed(f)) {
        push_frame(f);
    }
}

void touch_press(TouchFifo *f, unsigned slot)
{
    f->now[slot].down = true;
    f->now[slot].press++;
}

void touch_move_x(TouchFifo *f, unsigned slot, uint16_t x)
{
    f->now[slot].x = x;
}

void touch_move_y(TouchFifo *f, unsigned slot, uint16_t y)
{
    f->now[slot].y = y;
}

void touch_release(TouchFifo *f, unsigned slot)
{
    touch_sync(f); /* a press that was not framed yet must not be lost */
    f->now[slot].down = false;
}

const TouchFrame *touch_peek(const TouchFifo *f, TouchFrame *still)
{
    if (f->count) {
        return &f->frame[f->head];
    }
    for (int i = 0; i < TOUCH_SLOTS; i++) {
        still->event[i] = f->framed[i].down ? TOUCH_CONTACT : TOUCH_NONE;
        still->x[i] = f->framed[i].x;
        still->y[i] = f->framed[i].y;
    }
    return still;
}

void touch_pop(TouchFifo *f)
{
    const TouchFrame *frame = &f->frame[f->head];

    if (!f->count) {
        return;
    }
    for (int i = 0; i < TOUCH_SLOTS; i++) {
        bool down = frame->event[i] == TOUCH_DOWN || frame->event[i] == TOUCH_CONTACT;

        f->read[i] = (TouchFinger){down, frame->x[i], frame->y[i], frame->press[i]};
    }
    f->head = (f->head + 1) % TOUCH_FRAMES;
    f->count--;
    touch_sync(f);
}

void touch_shorten(TouchFifo *f)
{
    memcpy(f->framed, f->read, sizeof(f->framed));
    f->count = 0;
    touch_sync(f);
}

static const VMStateDescription vmstate_finger = {
    .name = "phonebooth-touch/finger",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields =
        (const VMStateField[]){
            VMSTATE_BOOL(down, TouchFinger),
            VMSTATE_UINT16(x, TouchFinger),
            VMSTATE_UINT16(y, TouchFinger),
            VMSTATE_UINT32(press, TouchFinger),
            VMSTATE_END_OF_LIST(),
        },
};

static const VMStateDescription vmstate_frame = {
    .name = "phonebooth-touch/frame",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields =
        (const VMStateField[]){
            VMSTATE_UINT8_ARRAY(event, TouchFrame, TOUCH_SLOTS),
            VMSTATE_UINT16_ARRAY(x, TouchFrame, TOUCH_SLOTS),
            VMSTATE_UINT16_ARRAY(y, TouchFrame, TOUCH_SLOTS),
            VMSTATE_UINT32_ARRAY(press, TouchFrame, TOUCH_SLOTS),
            VMSTATE_END_OF_LIST(),
        },
};

static int fifo_post_load(void *opaque, int version_id)
{
    TouchFifo *f = opaque;

    /* The file may have been damaged. */
    return f->head < TOUCH_FRAMES && f->count <= TOUCH_FRAMES ? 0 : -EINVAL;
}

const VMStateDescription vmstate_touch_fifo = {
    .name = "phonebooth-touch/fifo",
    .version_id = 1,
    .minimum_version_id = 1,
    .post_load = fifo_post_load,
    .fields =
        (const VMStateField[]){
            VMSTATE_STRUCT_ARRAY(now, TouchFifo, TOUCH_SLOTS, 1, vmstate_finger, TouchFinger),
            VMSTATE_STRUCT_ARRAY(framed, TouchFifo, TOUCH_SLOTS, 1, vmstate_finger, TouchFinger),
            VMSTATE_STRUCT_ARRAY(read, TouchFifo, TOUCH_SLOTS, 1, vmstate_finger, TouchFinger),
            VMSTATE_STRUCT_ARRAY(frame, TouchFifo, TOUCH_FRAMES, 1, vmstate_frame, TouchFrame),
            VMSTATE_UINT32(head, TouchFifo),
            VMSTATE_UINT32(count, TouchFifo),
            VMSTATE_END_OF_LIST(),
        },
};
