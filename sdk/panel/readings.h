/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the sensors say, as the verb `sensor` of the control API has it. No GTK. */
#ifndef PANEL_READINGS_H
#define PANEL_READINGS_H

#include <json-glib/json-glib.h>

#include "pose.h"

#define READINGS     5 /* sensors that the panel knows */
#define READING_AXES 3

struct readings {
    struct {
        unsigned axes; /* 0: the phone has not said */
        double value[READING_AXES];
    } of[READINGS];
};

/* An object with `name` and `values`; one that is not understood changes nothing. */
void readings_take(struct readings *readings, JsonObject *sensor);

/* The reply with all `sensors`. */
void readings_take_list(struct readings *readings, JsonObject *reply);

/* False: not known. */
bool readings_vector(const struct readings *readings, const char *name, struct vector *vector);

/* 0: not known. */
double readings_one(const struct readings *readings, const char *name);

/* The title of a row, and its text: "0.00  -9.81  0.00 m/s²". Free the text with g_free(). */
const char *readings_title(unsigned i);
char *readings_text(const struct readings *readings, unsigned i);

/* Requests that set a sensor. */
JsonObject *readings_request(const char *name, struct vector vector);
JsonObject *readings_request_one(const char *name, double value);

/*
 * The slider of the light goes by factors, 0 to 5, as the eye does: 0 is dark, each 1 ten times as
 * bright, 5 is 100,000 lx, the sun.
 */
double readings_from_slider(double position);
double readings_to_slider(double lux);

#endif
