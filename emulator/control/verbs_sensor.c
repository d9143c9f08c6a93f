/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <string.h>

#include "machine/call.h"
#include "machine/sensors.h"
#include "control/parts.h"
#include "phone/attitude.h"
#include "control/session.h"
#include "control/verbs.h"

#define NO_SENSORS "the board has no sensors"

/* Sensors as people name and count them; `unit` of ours is one of the board's. */
static const struct sensor {
    const char *name, *unit;
    double one; /* of the unit, for the board's 1 */
    unsigned axes;
    double least, most;
} sensors[] = {
    {"accelerometer", "m/s2", 0.00980665, 3, -320, 320},
    {"gyroscope", "deg/s", 0.1, 3, -3276, 3276},
    {"magnetometer", "uT", 0.01, 3, -327, 327},
    {"light", "lx", 1, 1, 0, 200000},
    {"proximity", "near", 1.0 / 255, 1, 0, 1},
};

/* A request on its way to the machine's thread and back. */
struct sensor_call {
    struct request *request;
    const struct sensor *only; /* NULL: all */
    bool sets;
    double value[G_N_ELEMENTS(sensors)][SENSOR_AXES];
    bool set[G_N_ELEMENTS(sensors)];
    bool there;
};

static const struct sensor *find(const char *name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(sensors); i++) {
        if (name && strcmp(sensors[i].name, name) == 0) {
            return &sensors[i];
        }
    }
    return NULL;
}

static JsonObject *describe(const struct sensor *sensor, const double *value)
{
    JsonObject *object = json_object_new();
    JsonArray *values = json_array_new();

    for (unsigned i = 0; i < sensor->axes; i++) {
        json_array_add_double_element(values, value[i]);
    }
    json_object_set_string_member(object, "name", sensor->name);
    json_object_set_string_member(object, "unit", sensor->unit);
    json_object_set_array_member(object, "values", values);
    return object;
}

JsonObject *parts_describe_sensor(const char *name)
{
    const struct sensor *sensor = find(name);
    double value[SENSOR_AXES] = {0};
    int64_t raw[SENSOR_AXES];

    if (!sensor || !sensors_read(name, sensor->axes, raw)) {
        return NULL;
    }
    for (unsigned axis = 0; axis < sensor->axes; axis++) {
        value[axis] = (double)raw[axis] * sensor->one;
    }
    return describe(sensor, value);
}

static gboolean answer(gpointer data)
{
    g_autofree struct sensor_call *call = data;
    JsonObject *body;
    JsonArray *all;

    if (!call->there) {
        request_fail(call->request, "bad-state", NO_SENSORS);
        return G_SOURCE_REMOVE;
    }
    body = json_object_new();
    all = json_array_new();
    for (unsigned i = 0; i < G_N_ELEMENTS(sensors); i++) {
        if (!call->only || call->only == &sensors[i]) {
            json_array_add_object_element(all, describe(&sensors[i], call->value[i]));
        }
    }
    json_object_set_array_member(body, "sensors", all);
    request_ok(call->request, body);
    return G_SOURCE_REMOVE;
}

static void exchange(struct sensor_call *call, unsigned i)
{
    const struct sensor *sensor = &sensors[i];
    int64_t raw[SENSOR_AXES] = {0};

    for (unsigned axis = 0; axis < sensor->axes; axis++) {
        raw[axis] = llround(call->value[i][axis] / sensor->one);
    }
    if (call->set[i]) {
        sensors_set(sensor->name, sensor->axes, raw);
    }
    call->there &= sensors_read(sensor->name, sensor->axes, raw);
    for (unsigned axis = 0; axis < sensor->axes; axis++) {
        call->value[i][axis] = (double)raw[axis] * sensor->one;
    }
}

/* Machine's thread. */
static void on_machine(void *opaque)
{
    struct sensor_call *call = opaque;

    call->there = true;
    for (unsigned i = 0; i < G_N_ELEMENTS(sensors); i++) {
        exchange(call, i);
    }
    phone_invoke(call->request->server->config.phone, answer, call);
}

static void begin(struct request *request, const struct sensor_call *call)
{
    if (request_has_machine(request)) {
        machine_call(on_machine, g_memdup2(call, sizeof(*call)));
    }
}

/* False: the request is answered. */
static bool take_values(struct request *request, struct sensor_call *call)
{
    const struct sensor *sensor = call->only;
    g_auto(GStrv) word = args_names(request->args, "values");
    unsigned count = word ? g_strv_length(word) : 0;

    if (count != sensor->axes) {
        request_fail(request, "bad-request", "values: %s takes %u, in %s", sensor->name,
                     sensor->axes, sensor->unit);
        return false;
    }
    for (unsigned i = 0; i < count; i++) {
        char *end;
        double value = g_ascii_strtod(word[i], &end);

        if (*end || end == word[i] || !(value >= sensor->least && value <= sensor->most)) {
            request_fail(request, "bad-request", "values: '%s' is no number from %g to %g (%s)",
                         word[i], sensor->least, sensor->most, sensor->unit);
            return false;
        }
        call->value[sensor - sensors][i] = value;
    }
    call->set[sensor - sensors] = true;
    return true;
}

void verb_sensor(struct request *request)
{
    const char *action = args_string(request->args, "action", "");
    const char *name = args_string(request->args, "name", NULL);
    struct sensor_call call = {.request = request, .only = find(name)};
    bool sets = strcmp(action, "set") == 0;
    bool lists = strcmp(action, "list") == 0;

    if (lists != !name || sets != args_has(request->args, "values")) {
        request_fail(request, "bad-request",
                     "list stands alone, get takes a name, set a name and values");
        return;
    }
    if (!sets || take_values(request, &call)) {
        begin(request, &call);
    }
}

static void on_turned(void *opaque, bool sensed)
{
    struct request *request = opaque;
    const struct sensor_call call = {.request = request};

    if (sensed) {
        begin(request, &call);
    } else {
        request_fail(request, "bad-state", NO_SENSORS);
    }
}

void verb_rotate(struct request *request)
{
    enum attitude attitude = ATTITUDE_PORTRAIT;

    attitude_of(args_string(request->args, "to", ""), &attitude); /* the schema's choice */
    if (request_has_machine(request)) {
        attitude_turn(request->server->config.phone, attitude, on_turned, request);
    }
}
