/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "input/input.h"

#include "input/fingers.h"
#include "input/sources.h"

struct input {
    struct input_target target;
    GMutex lock; /* protects all below and the sources */
    bool running;
    struct fingers fingers;
    GPtrArray *sources; /* of struct input_source * */
};

struct input *input_new(const struct input_target *target)
{
    struct input *input = g_new0(struct input, 1);

    input->target = *target;
    input->sources = g_ptr_array_new();
    g_mutex_init(&input->lock);
    return input;
}

void input_free(struct input *input)
{
    if (input) {
        g_ptr_array_unref(input->sources);
        g_mutex_clear(&input->lock);
        g_free(input);
    }
}

struct input_source *input_source_new(struct input *input)
{
    struct input_source *source = g_new0(struct input_source, 1);

    source->input = input;
    g_mutex_lock(&input->lock);
    g_ptr_array_add(input->sources, source);
    g_mutex_unlock(&input->lock);
    return source;
}

/* Below, the lock is held until said otherwise. */

static void lift(struct input *input, int slot)
{
    struct finger *finger = &input->fingers.slot[slot];

    finger->source = NULL;
    input->target.touch((unsigned)slot, TOUCH_UP, finger->x, finger->y, 1, 1);
}

static void release_button(struct input_source *source, enum button button)
{
    source->button[button] = false;
    if (!sources_hold_button(source->input->sources, button)) {
        source->input->target.button(button, false);
    }
}

static void release_keys(struct input_source *source)
{
    struct input *input = source->input;

    for (int code = 0; code < INPUT_KEYS; code++) {
        if (source->key[code]) {
            source->key[code] = false;
            if (!sources_hold_key(input->sources, code)) {
                input->target.key(input->target.opaque, code, 0, NULL, NULL);
            }
        }
    }
}

static void release_all(struct input_source *source)
{
    struct input *input = source->input;

    for (int slot = 0; slot < PANEL_SLOTS; slot++) {
        if (input->fingers.slot[slot].source == source) {
            lift(input, slot);
        }
    }
    for (enum button button = 0; button < BUTTONS; button++) {
        if (source->button[button]) {
            release_button(source, button);
        }
    }
    release_keys(source);
}

static enum input_result place(struct input *input, int slot, enum touch_type type,
                               struct input_point at)
{
    input->fingers.slot[slot].x = at.x;
    input->fingers.slot[slot].y = at.y;
    input->target.touch((unsigned)slot, type, at.x, at.y, at.width, at.height);
    return INPUT_DONE;
}

static enum input_result finger_down(struct input_source *source, int64_t id, struct input_point at)
{
    struct input *input = source->input;
    int slot;

    if (!input->running) {
        return INPUT_STILL;
    }
    if (fingers_find(&input->fingers, source, id) >= 0) {
        return INPUT_HELD;
    }
    slot = fingers_take(&input->fingers, source, id);
    return slot < 0 ? INPUT_FULL : place(input, slot, TOUCH_DOWN, at);
}

static enum input_result finger_move(struct input_source *source, int64_t id, struct input_point at)
{
    struct input *input = source->input;
    int slot = fingers_find(&input->fingers, source, id);

    if (slot < 0) {
        return input->running ? INPUT_NOT_HELD : INPUT_STILL;
    }
    if (input->fingers.slot[slot].x == at.x && input->fingers.slot[slot].y == at.y) {
        return INPUT_DONE;
    }
    return place(input, slot, TOUCH_MOVE, at);
}

static enum input_result press_button(struct input_source *source, enum button button)
{
    struct input *input = source->input;
    bool held = sources_hold_button(input->sources, button);

    if (!input->running) {
        return INPUT_STILL;
    }
    source->button[button] = true;
    if (!held) {
        input->target.button(button, true);
    }
    return INPUT_DONE;
}

/* *send: the phone has to be told. */
static enum input_result note_key(struct input_source *source, int code, int value, bool *send)
{
    bool mine = source->key[code];

    if (value != 0 && !source->input->running) {
        return INPUT_STILL;
    }
    if (value != 1 && !mine) {
        return INPUT_NOT_HELD;
    }
    source->key[code] = false;
    *send = value == 0 ? !sources_hold_key(source->input->sources, code)
                       : mine || !sources_hold_key(source->input->sources, code);
    source->key[code] = value != 0;
    return INPUT_DONE;
}

/* From here on the lock is taken. */

void input_source_free(struct input_source *source)
{
    if (source) {
        struct input *input = source->input;
        g_mutex_lock(&input->lock);
        release_all(source);
        g_ptr_array_remove(input->sources, source);
        g_mutex_unlock(&input->lock);
        g_free(source);
    }
}

void input_set_running(struct input *input, bool running)
{
    g_mutex_lock(&input->lock);
    input->running = running;
    for (guint i = 0; !running && i < input->sources->len; i++) {
        release_all(g_ptr_array_index(input->sources, i));
    }
    g_mutex_unlock(&input->lock);
}

void input_release_all(struct input *input)
{
    g_mutex_lock(&input->lock);
    for (guint i = 0; i < input->sources->len; i++) {
        release_all(g_ptr_array_index(input->sources, i));
    }
    g_mutex_unlock(&input->lock);
}

enum input_result input_finger_down(struct input_source *source, int64_t id, struct input_point at)
{
    g_mutex_lock(&source->input->lock);
    enum input_result result = finger_down(source, id, at);
    g_mutex_unlock(&source->input->lock);
    return result;
}

enum input_result input_finger_move(struct input_source *source, int64_t id, struct input_point at)
{
    g_mutex_lock(&source->input->lock);
    enum input_result result = finger_move(source, id, at);
    g_mutex_unlock(&source->input->lock);
    return result;
}

enum input_result input_finger_up(struct input_source *source, int64_t id)
{
    struct input *input = source->input;
    int slot;

    g_mutex_lock(&input->lock);
    slot = fingers_find(&input->fingers, source, id);
    if (slot >= 0) {
        lift(input, slot);
    }
    g_mutex_unlock(&input->lock);
    return slot < 0 ? INPUT_NOT_HELD : INPUT_DONE;
}

bool input_finger_at(struct input_source *source, int64_t id, int *x, int *y)
{
    struct input *input = source->input;
    int slot;

    g_mutex_lock(&input->lock);
    slot = fingers_find(&input->fingers, source, id);
    if (slot >= 0) {
        *x = input->fingers.slot[slot].x;
        *y = input->fingers.slot[slot].y;
    }
    g_mutex_unlock(&input->lock);
    return slot >= 0;
}

enum input_result input_button(struct input_source *source, enum button button, bool down)
{
    enum input_result result = INPUT_DONE;

    g_mutex_lock(&source->input->lock);
    if (down) {
        result = press_button(source, button);
    } else if (source->button[button]) {
        release_button(source, button);
    } else {
        result = INPUT_NOT_HELD;
    }
    g_mutex_unlock(&source->input->lock);
    return result;
}

enum input_result input_key(struct input_source *source, int code, int value, input_reply_fn *reply,
                            void *opaque)
{
    struct input *input = source->input;
    enum input_result result;
    bool send = false;

    g_mutex_lock(&input->lock);
    result = note_key(source, code, value, &send);
    if (send) {
        input->target.key(input->target.opaque, code, value, reply, opaque);
    }
    g_mutex_unlock(&input->lock);
    if (result == INPUT_DONE && !send && reply) {
        reply(opaque, NULL, NULL);
    }
    return result;
}

bool input_key_is_held(struct input_source *source, int code)
{
    g_mutex_lock(&source->input->lock);
    bool held = source->key[code];
    g_mutex_unlock(&source->input->lock);
    return held;
}

void input_release_keys(struct input_source *source)
{
    g_mutex_lock(&source->input->lock);
    release_keys(source);
    g_mutex_unlock(&source->input->lock);
}

void input_release(struct input_source *source)
{
    g_mutex_lock(&source->input->lock);
    release_all(source);
    g_mutex_unlock(&source->input->lock);
}
