/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/attitude.h"

#include "machine/call.h"
#include "machine/sensors.h"
#include "phone/phone.h"

#define GRAVITY 1000 /* thousandths of g, docs/board/sensors.md */
#define FIELD   2000 /* 0.01 uT along the horizon; downwards it is twice as strong */

/* Where down is, in the phone's axes. */
static const struct {
    int x, y;
} down_of[ATTITUDE_COUNT] = {
    [ATTITUDE_PORTRAIT] = {0, -1},
    [ATTITUDE_RIGHT] = {1, 0},
    [ATTITUDE_UPSIDE_DOWN] = {0, 1},
    [ATTITUDE_LEFT] = {-1, 0},
};

struct turn {
    struct phone *phone;
    enum attitude attitude;
    attitude_done_fn *done;
    void *opaque;
    bool sensed;
};

static gboolean turned(gpointer data)
{
    g_autofree struct turn *turn = data;

    turn->phone->attitude = turn->attitude;
    phone_notify(turn->phone, PHONE_ATTITUDE, NULL);
    if (turn->done) {
        turn->done(turn->opaque, turn->sensed);
    }
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void set_sensors(void *opaque)
{
    struct turn *turn = opaque;
    int x = down_of[turn->attitude].x, y = down_of[turn->attitude].y;
    const int64_t down[SENSOR_AXES] = {GRAVITY * x, GRAVITY * y, 0};
    const int64_t field[SENSOR_AXES] = {FIELD * 2 * x, FIELD * 2 * y, -FIELD};

    turn->sensed = sensors_set("accelerometer", SENSOR_AXES, down) &&
                   sensors_set("magnetometer", SENSOR_AXES, field);
    phone_invoke(turn->phone, turned, turn);
}

void attitude_turn(struct phone *phone, enum attitude attitude, attitude_done_fn *done,
                   void *opaque)
{
    struct turn *turn = g_new0(struct turn, 1);

    *turn = (struct turn){phone, attitude, done, opaque, false};
    machine_call(set_sensors, turn);
}
