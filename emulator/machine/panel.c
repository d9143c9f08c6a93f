/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "system/runstate.h"
#include "ui/input.h"
#include "machine/call.h"
#include "machine/panel.h"
#include "machine/trace_hash.h"

struct event {
    bool is_touch;
    unsigned slot;
    enum touch_type type;
    int x, y, width, height;
    enum button button;
    bool down;
};

static const int touch_types[] = {
    [TOUCH_DOWN] = INPUT_MULTI_TOUCH_TYPE_BEGIN,
    [TOUCH_MOVE] = INPUT_MULTI_TOUCH_TYPE_UPDATE,
    [TOUCH_UP] = INPUT_MULTI_TOUCH_TYPE_END,
};

static const QKeyCode button_keys[] = {
    [BUTTON_POWER] = Q_KEY_CODE_POWER,
    [BUTTON_VOLUME_UP] = Q_KEY_CODE_VOLUMEUP,
    [BUTTON_VOLUME_DOWN] = Q_KEY_CODE_VOLUMEDOWN,
};

/*
 * QEMU scales 0..size-1 to 0..0x7fff and the panel scales back, both rounding down: aiming at a
 * pixel's middle, the last one excepted, every pixel arrives as it is.
 */
static void queue_position(const struct event *event, InputAxis axis, int value, int size)
{
    int last = 2 * MAX(size - 1, 1);
    int aim = MIN(2 * CLAMP(value, 0, size - 1) + 1, last);

    qemu_input_queue_mtt_abs(NULL, axis, aim, 0, last, (int)event->slot, (int)event->slot);
}

static void touch(const struct event *event)
{
    bool up = event->type == TOUCH_UP;

    qemu_input_queue_mtt(NULL, touch_types[event->type], (int)event->slot,
                         up ? -1 : (int)event->slot);
    if (!up) {
        queue_position(event, INPUT_AXIS_X, event->x, event->width);
        queue_position(event, INPUT_AXIS_Y, event->y, event->height);
    }
    qemu_input_event_sync();
}

/* What went up while QEMU took no input. Machine's lock held. */
static struct event late[PANEL_SLOTS + G_N_ELEMENTS(button_keys)];
static unsigned late_count;

static bool takes_input(void)
{
    return runstate_is_running() || runstate_check(RUN_STATE_SUSPENDED); /* as in ui/input.c */
}

static void deliver(const struct event *event)
{
    const int32_t what[] = {event->type, event->x, event->y, event->down};

    if (event->is_touch) {
        trace_hash_add(TRACE_TOUCH, event->slot, what, sizeof(what));
        touch(event);
    } else {
        trace_hash_add(TRACE_BUTTON, event->button, what, sizeof(what));
        qemu_input_event_send_key_qcode(NULL, button_keys[event->button], event->down);
    }
}

static bool is_release(const struct event *event)
{
    return event->is_touch ? event->type == TOUCH_UP : !event->down;
}

static bool is_late(const struct event *event)
{
    for (unsigned i = 0; i < late_count; i++) {
        if (late[i].is_touch == event->is_touch && late[i].slot == event->slot &&
            late[i].button == event->button) {
            return true;
        }
    }
    return false;
}

static void event_bh(void *opaque)
{
    g_autofree struct event *event = opaque;

    if (takes_input()) {
        deliver(event);
    } else if (is_release(event) && !is_late(event)) {
        late[late_count++] = *event;
    }
}

static void on_state(void *opaque, bool running, RunState state)
{
    if (running) {
        for (unsigned i = 0; i < late_count; i++) {
            deliver(&late[i]);
        }
        late_count = 0;
    }
}

void panel_attach(void)
{
    qemu_add_vm_change_state_handler(on_state, NULL);
}

static void post(struct event event)
{
    machine_call(event_bh, g_memdup2(&event, sizeof(event)));
}

void panel_touch(unsigned slot, enum touch_type type, int x, int y, int width, int height)
{
    post((struct event){true, slot, type, x, y, MAX(width, 1), MAX(height, 1), 0, false});
}

void panel_button(enum button button, bool down)
{
    post((struct event){.button = button, .down = down});
}

void panel_release(void)
{
    for (unsigned slot = 0; slot < PANEL_SLOTS; slot++) {
        panel_touch(slot, TOUCH_UP, 0, 0, 1, 1);
    }
    for (unsigned button = 0; button < G_N_ELEMENTS(button_keys); button++) {
        panel_button(button, false);
    }
}
