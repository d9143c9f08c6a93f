/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Keys of the keyboard become text where they type it; others, and those of the case, keys. */
#ifndef SCENARIO_RECORDER_KEYS_H
#define SCENARIO_RECORDER_KEYS_H

#include <json-glib/json-glib.h>

struct recorder_keys;

/* A step, from when to when it was done. */
typedef void recorder_keys_fn(gpointer data, double begin, double end, const char *line);

struct recorder_keys *recorder_keys_new(recorder_keys_fn *fn, gpointer data);
void recorder_keys_free(struct recorder_keys *keys);

/* An event `input` of kind `key` or `button`. */
void recorder_keys_take(struct recorder_keys *keys, JsonObject *event, double time);

/* Writes the text that waits for more. */
void recorder_keys_flush(struct recorder_keys *keys);

#endif
