/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Steps of a scenario from what a person does: events of the control API go in, lines come out. No
 * I/O; times are seconds of the events' own clock.
 */
#ifndef SCENARIO_RECORDER_H
#define SCENARIO_RECORDER_H

#include <json-glib/json-glib.h>

struct recorder_listener {
    /* A step, without its line end. */
    void (*line)(gpointer data, const char *line);
    /*
     * What the screen showed before a finger went down at this point and time. *text: at the point,
     * and nowhere else; *landmark: elsewhere, once. NULL: none. The recorder frees both.
     */
    void (*look)(gpointer data, double time, int x, int y, char **text, char **landmark);
    gpointer data;
};

struct recorder;

struct recorder *recorder_new(const struct recorder_listener *listener);
void recorder_free(struct recorder *recorder);

/* An event `input`, `request`, `front`, `attitude`, `view` or `display`; others do nothing. */
void recorder_take(struct recorder *recorder, JsonObject *event, double now);

/* Typed text that waits for more is written. */
void recorder_flush(struct recorder *recorder);

#endif
