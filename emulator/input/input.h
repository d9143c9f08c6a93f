/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one owner of what is held down on the phone: fingers on the panel, keys of the case, keys of
 * the keyboard. Any number of sources press and let go at a time: the window, each client of the
 * control socket. A source gets panel slots of its own for its fingers; a key that several sources
 * hold goes up when the last of them lets go; a source that goes away lets go of everything.
 *
 * While the machine stands still nothing can be pressed, and what was held is let go.
 *
 * From any thread. One lock is held while the target is called, so that changes arrive in the order
 * in which they were accepted; the target must return at once and not call back.
 */
#ifndef INPUT_INPUT_H
#define INPUT_INPUT_H

#include <glib.h>
#include <linux/input-event-codes.h>
#include <stdbool.h>
#include <stdint.h>

#include "machine/panel.h"

#define INPUT_KEYS KEY_CNT /* evdev codes are below */

struct service_line; /* the phone's (phone/service_line.h); passed on unseen */

/* The phone's answer to a key. Both NULL: nothing had to be sent, another source holds that key. */
typedef void input_reply_fn(void *opaque, const struct service_line *line, const GError *error);

/* Where it all goes. */
struct input_target {
    void (*touch)(unsigned slot, enum touch_type type, int x, int y, int width, int height);
    void (*button)(enum button button, bool down);
    /* `value`: 0 up, 1 down, 2 repeated. `reply` may be NULL, else is called once, later. */
    void (*key)(void *opaque, int code, int value, input_reply_fn *reply, void *reply_opaque);
    void *opaque; /* for key() */
};

enum input_result {
    INPUT_DONE,
    INPUT_STILL,    /* the machine stands still: nothing can be pressed */
    INPUT_FULL,     /* PANEL_SLOTS fingers are down */
    INPUT_HELD,     /* this finger is down already */
    INPUT_NOT_HELD, /* this finger is not down; for keys: this source does not hold it */
};

struct input;
struct input_source;

/* The machine stands still until input_set_running(). */
struct input *input_new(const struct input_target *target);

/* All sources are gone. */
void input_free(struct input *input);

struct input_source *input_source_new(struct input *input);

/* Lets go of everything that it holds. NULL: nothing happens. */
void input_source_free(struct input_source *source);

/* The machine runs or stands still from now on. */
void input_set_running(struct input *input, bool running);

/* Every source lets go of everything. */
void input_release_all(struct input *input);

/* `x`, `y` in pixels of a screen of `width` x `height`. */
struct input_point {
    int x, y, width, height;
};

/* `id`: the source's number for this finger. A move to where it is already is no change. */
enum input_result input_finger_down(struct input_source *source, int64_t id, struct input_point at);
enum input_result input_finger_move(struct input_source *source, int64_t id, struct input_point at);
enum input_result input_finger_up(struct input_source *source, int64_t id);

/* Where this finger was last; false: it is not down. */
bool input_finger_at(struct input_source *source, int64_t id, int *x, int *y);

/* INPUT_NOT_HELD: it was not this source that held it, nothing happens. */
enum input_result input_button(struct input_source *source, enum button button, bool down);

/*
 * `value` as for the target. `reply` (may be NULL) is called once if the result is INPUT_DONE:
 * during the call if nothing had to be sent, else later on the target's thread.
 */
enum input_result input_key(struct input_source *source, int code, int value, input_reply_fn *reply,
                            void *opaque);

bool input_key_is_held(struct input_source *source, int code);

/* Lets go of the keyboard's keys; of everything. */
void input_release_keys(struct input_source *source);
void input_release(struct input_source *source);

#endif
