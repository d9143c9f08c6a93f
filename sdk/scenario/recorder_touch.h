/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Fingers on the screen become taps, swipes, or, if there are several, single touches. */
#ifndef SCENARIO_RECORDER_TOUCH_H
#define SCENARIO_RECORDER_TOUCH_H

#include <json-glib/json-glib.h>

struct recorder_tap {
    int x, y;
};

struct recorder_touch;

/* A step, from when to when it was done; `tap` NULL: it is no short tap. */
typedef void recorder_touch_fn(gpointer data, double begin, double end,
                               const struct recorder_tap *tap, const char *line);

struct recorder_touch *recorder_touch_new(recorder_touch_fn *fn, gpointer data);
void recorder_touch_free(struct recorder_touch *touch);
void recorder_touch_take(struct recorder_touch *touch, JsonObject *event, double time);

#endif
