/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The touch controller's frames: what fingers did, in order, for a reader that
 * may be late. Knows no bus and no registers; docs/board/touch.md, "Frames".
 *
 * Host events change the fingers at once. touch_sync() then makes a frame of
 * all changes since the last frame. Frames wait in a FIFO, so that a tap that
 * was over before the guest looked is still seen as down and up. When the FIFO
 * is full no further frame is made until there is room; the next one then
 * jumps to where the fingers are, and none is left pressed for ever.
 */
#ifndef HW_PHONEBOOTH_TOUCH_FIFO_H
#define HW_PHONEBOOTH_TOUCH_FIFO_H

#include "migration/vmstate.h"
#include "qapi/qapi-types-ui.h"

#define TOUCH_SLOTS  10
#define TOUCH_FRAMES 64

/* What a finger does in a frame; the numbers are the chip's event flags. */
enum {
    TOUCH_DOWN = 0,
    TOUCH_UP = 1,
    TOUCH_CONTACT = 2,
    TOUCH_NONE = 3,
};

typedef struct TouchFinger {
    bool down;
    uint16_t x, y;  /* panel pixels */
    uint32_t press; /* changes with each new press of this slot */
} TouchFinger;

typedef struct TouchFrame {
    uint8_t event[TOUCH_SLOTS]; /* TOUCH_... */
    uint16_t x[TOUCH_SLOTS];
    uint16_t y[TOUCH_SLOTS];
    uint32_t press[TOUCH_SLOTS];
} TouchFrame;

typedef struct TouchFifo {
    TouchFinger now[TOUCH_SLOTS];    /* on the glass */
    TouchFinger framed[TOUCH_SLOTS]; /* after the youngest frame */
    TouchFinger read[TOUCH_SLOTS];   /* after the last frame that the guest read */
    TouchFrame frame[TOUCH_FRAMES];
    uint32_t head;  /* index of the oldest frame */
    uint32_t count; /* frames that wait */
} TouchFifo;

extern const VMStateDescription vmstate_touch_fifo;

/* No finger, no frame. */
void touch_reset(TouchFifo *f);

/* @slot < TOUCH_SLOTS. A press of a finger that is down already is a new press. */
void touch_press(TouchFifo *f, unsigned slot);
void touch_move_x(TouchFifo *f, unsigned slot, uint16_t x);
void touch_move_y(TouchFifo *f, unsigned slot, uint16_t y);
void touch_release(TouchFifo *f, unsigned slot);

/*
 * An event of the host, values from INPUT_EVENT_ABS_MIN to INPUT_EVENT_ABS_MAX, for a panel of
 * @width x @height pixels. Events for slots that there are not are ignored.
 */
void touch_host_event(TouchFifo *f, const InputMultiTouchEvent *event, uint32_t width,
                      uint32_t height);

/* Makes frames of what changed. */
void touch_sync(TouchFifo *f);

/*
 * The oldest waiting frame. With none waiting @still is filled in and returned:
 * the fingers as last reported, each one down in TOUCH_CONTACT.
 */
const TouchFrame *touch_peek(const TouchFifo *f, TouchFrame *still);

/* The guest has read the oldest frame, if there is one. */
void touch_pop(TouchFifo *f);

/*
 * The guest does not read: replaces all frames by those that take it from what
 * it read last to where the fingers are now. A tap in between is forgotten.
 */
void touch_shorten(TouchFifo *f);

#endif
