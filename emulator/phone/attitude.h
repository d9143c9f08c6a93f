/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which way up the phone is held. Its sensors feel it, and front ends show the phone so: what is
 * upright on the screen stays upright for whoever looks at the window.
 */
#ifndef PHONE_ATTITUDE_H
#define PHONE_ATTITUDE_H

#include <stdbool.h>

struct phone;

/* Quarter turns clockwise, as the user sees them. */
enum attitude {
    ATTITUDE_PORTRAIT,
    ATTITUDE_RIGHT,
    ATTITUDE_UPSIDE_DOWN,
    ATTITUDE_LEFT,
    ATTITUDE_COUNT,
};

const char *attitude_name(enum attitude attitude);

/* False: there is none of that name. */
bool attitude_of(const char *name, enum attitude *attitude);

/*
 * From any thread: turns the phone, upright in a field like the earth's. Accelerometer and
 * magnetometer are set first. `done` (NULL: nobody wants to know) is called on the phone's thread;
 * `sensed` false: the board has no such sensors.
 */
typedef void attitude_done_fn(void *opaque, bool sensed);
void attitude_turn(struct phone *phone, enum attitude attitude, attitude_done_fn *done,
                   void *opaque);

#endif
