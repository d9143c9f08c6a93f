/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "readings.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *name, *title, *unit;
    int digits;
} sensors[READINGS] = {
    {"accelerometer", "Acceleration", "m/s²", 2},
    {"gyroscope", "Rotation", "°/s", 1},
    {"magnetometer", "Magnetic field", "µT", 1},
    {"light", "Light", "lx", 0},
    {"proximity", "Proximity", "", 2},
};

/* READINGS: there is none. */
static unsigned find(const char *name)
{
    unsigned i = 0;

    while (i < READINGS && strcmp(sensors[i].name, name) != 0) {
        i++;
    }
    return i;
}

static JsonArray *array_of(JsonObject *object, const char *member)
{
    JsonNode *node = json_object_get_member(object, member);

    return node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

void readings_take(struct readings *readings, JsonObject *sensor)
{
    unsigned i = find(json_object_get_string_member_with_default(sensor, "name", ""));
    JsonArray *values = array_of(sensor, "values");
    unsigned count = values ? json_array_get_length(values) : 0;

    if (i == READINGS || count > READING_AXES) {
        return;
    }
    readings->of[i].axes = count;
    for (unsigned axis = 0; axis < count; axis++) {
        JsonNode *node = json_array_get_element(values, axis);
        readings->of[i].value[axis] = JSON_NODE_HOLDS_VALUE(node) ? json_node_get_double(node) : 0;
    }
}

void readings_take_list(struct readings *readings, JsonObject *reply)
{
    JsonArray *all = array_of(reply, "sensors");

    for (guint i = 0; all != NULL && i < json_array_get_length(all); i++) {
        JsonNode *node = json_array_get_element(all, i);
        if (JSON_NODE_HOLDS_OBJECT(node)) {
            readings_take(readings, json_node_get_object(node));
        }
    }
}

bool readings_vector(const struct readings *readings, const char *name, struct vector *vector)
{
    unsigned i = find(name);

    if (i == READINGS || readings->of[i].axes != 3) {
        return false;
    }
    *vector = (struct vector){readings->of[i].value[0], readings->of[i].value[1],
                              readings->of[i].value[2]};
    return true;
}

double readings_one(const struct readings *readings, const char *name)
{
    unsigned i = find(name);

    return i < READINGS && readings->of[i].axes == 1 ? readings->of[i].value[0] : 0;
}

const char *readings_title(unsigned i)
{
    return sensors[i].title;
}

char *readings_text(const struct readings *readings, unsigned i)
{
    GString *text = g_string_new(NULL);

    for (unsigned axis = 0; axis < readings->of[i].axes; axis++) {
        /* No "-0.00" */
        double value = readings->of[i].value[axis], least = 0.5 * pow(10, -sensors[i].digits);
        g_string_append_printf(text, "%s%.*f", axis ? "   " : "", sensors[i].digits,
                               fabs(value) < least ? 0 : value);
    }
    if (text->len > 0 && *sensors[i].unit) {
        g_string_append_printf(text, " %s", sensors[i].unit);
    }
    return g_string_free(text, FALSE);
}

static JsonObject *request_of(const char *name, const double *values, unsigned count)
{
    JsonObject *request = json_object_new();
    JsonArray *array = json_array_new();
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    for (unsigned i = 0; i < count; i++) {
        json_array_add_string_element(array,
                                      g_ascii_formatd(text, sizeof(text), "%.4f", values[i]));
    }
    json_object_set_string_member(request, "verb", "sensor");
    json_object_set_string_member(request, "action", "set");
    json_object_set_string_member(request, "name", name);
    json_object_set_array_member(request, "values", array);
    return request;
}

JsonObject *readings_request(const char *name, struct vector vector)
{
    return request_of(name, (const double[]){vector.x, vector.y, vector.z}, 3);
}

JsonObject *readings_request_one(const char *name, double value)
{
    return request_of(name, &value, 1);
}

double readings_from_slider(double position)
{
    return position <= 0 ? 0 : round(pow(10, MIN(position, 5)));
}

double readings_to_slider(double lux)
{
    return lux < 1 ? 0 : CLAMP(log10(lux), 0, 5);
}
