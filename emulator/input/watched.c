/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "input/watched.h"

static struct {
    struct input_target target;
    GMutex lock; /* of what follows */
    watched_fn *fn;
    void *opaque;
} watched;

static void tell(const struct watched *what)
{
    g_mutex_lock(&watched.lock);
    if (watched.fn) {
        watched.fn(watched.opaque, what);
    }
    g_mutex_unlock(&watched.lock);
}

static void touch(unsigned slot, enum touch_type type, int x, int y, int width, int height)
{
    tell(&(struct watched){
        .kind = WATCHED_TOUCH, .slot = slot, .type = type, .at = {x, y, width, height}});
    watched.target.touch(slot, type, x, y, width, height);
}

static void press(enum button button, bool down)
{
    tell(&(struct watched){.kind = WATCHED_BUTTON, .button = button, .value = down});
    watched.target.button(button, down);
}

static void key(void *opaque, int code, int value, input_reply_fn *reply, void *reply_opaque)
{
    tell(&(struct watched){.kind = WATCHED_KEY, .code = code, .value = value});
    watched.target.key(opaque, code, value, reply, reply_opaque);
}

struct input_target watched_target(const struct input_target *target)
{
    watched.target = *target;
    return (struct input_target){touch, press, key, target->opaque};
}

void watched_listen(watched_fn *fn, void *opaque)
{
    g_mutex_lock(&watched.lock);
    watched.fn = fn;
    watched.opaque = opaque;
    g_mutex_unlock(&watched.lock);
}
