/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Touch frames from the host's multi-touch events, docs/board/touch.md, "Frames". */
#include "qemu/osdep.h"
#include "ui/input.h"
#include "touch_fifo.h"

static uint16_t to_pixel(int64_t value, uint32_t pixels)
{
    int pixel =
        qemu_input_scale_axis(value, INPUT_EVENT_ABS_MIN, INPUT_EVENT_ABS_MAX, 0, pixels - 1);

    return MIN(MAX(pixel, 0), (int)pixels - 1);
}

void touch_host_event(TouchFifo *f, const InputMultiTouchEvent *event, uint32_t width,
                      uint32_t height)
{
    if (event->slot < 0 || event->slot >= TOUCH_SLOTS) {
        return;
    }
    switch (event->type) {
    case INPUT_MULTI_TOUCH_TYPE_BEGIN:
        touch_press(f, event->slot);
        break;
    case INPUT_MULTI_TOUCH_TYPE_DATA:
        if (event->axis == INPUT_AXIS_X) {
            touch_move_x(f, event->slot, to_pixel(event->value, width));
        } else {
            touch_move_y(f, event->slot, to_pixel(event->value, height));
        }
        break;
    case INPUT_MULTI_TOUCH_TYPE_END:
    case INPUT_MULTI_TOUCH_TYPE_CANCEL:
        touch_release(f, event->slot);
        break;
    default:
        break;
    }
}
