/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * How the phone is held, and what its accelerometer and magnetometer say of that. Pure.
 *
 * The phone's axes are those of the verb `sensor`: x to its right, y to its upper edge, z out of
 * its screen. The world's are those of a phone that is held upright by someone who looks north: x
 * east, y up, z south, towards whoever looks at the panel.
 */
#ifndef PANEL_POSE_H
#define PANEL_POSE_H

#include <stdbool.h>

struct vector {
    double x, y, z;
};

/* The phone's axes in the world: of length 1, at right angles, right-handed. */
struct pose {
    struct vector right, up, out;
};

struct pose pose_upright(void);

/* Turned by so many radians about the world's axes: about y, then x, then z. */
struct pose pose_turn(struct pose pose, double about_y, double about_x, double about_z);

/* A point of the phone, in the world. */
struct vector pose_to_world(const struct pose *pose, struct vector point);

/* In the phone's axes: where it is pulled to, in m/s2 (docs/board/sensors.md). */
struct vector pose_gravity(const struct pose *pose);

/* In the phone's axes: the earth's magnetic field, in uT, as `booth rotate` sets it. */
struct vector pose_field(const struct pose *pose);

/* In the phone's axes: how fast it turned, in degrees a second, right-handed, if it went from one
 * pose to the other in so many seconds. */
struct vector pose_rate(const struct pose *from, const struct pose *to, double seconds);

/*
 * The pose in which the sensors say this. False: they do not say, because one of them is zero or
 * both point the same way; *pose is as it was.
 */
bool pose_from(struct vector gravity, struct vector field, struct pose *pose);

#endif
