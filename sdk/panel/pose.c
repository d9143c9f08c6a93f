/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "pose.h"

#include <math.h>

#define GRAVITY 9.80665 /* m/s2 */
#define NORTH   20.0    /* uT along the horizon */
#define DOWN    40.0    /* uT */
#define LEAST   1e-3    /* of a sine, or of a length: below that is no direction */

static const struct vector gravity = {0, -GRAVITY, 0}, field = {0, -DOWN, -NORTH};

static double dot(struct vector a, struct vector b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static struct vector cross(struct vector a, struct vector b)
{
    return (struct vector){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static struct vector scaled(struct vector a, double by)
{
    return (struct vector){a.x * by, a.y * by, a.z * by};
}

/* False: it has no direction. */
static bool normalize(struct vector *a)
{
    double length = sqrt(dot(*a, *a));

    if (!(length > LEAST)) {
        return false;
    }
    *a = scaled(*a, 1 / length);
    return true;
}

/* *a and *b turned by an angle in the plane that they span. */
static void turn(double *a, double *b, double angle)
{
    double c = cos(angle), s = sin(angle), x = *a, y = *b;

    *a = c * x - s * y;
    *b = s * x + c * y;
}

static void turn_one(struct vector *v, double about_y, double about_x, double about_z)
{
    turn(&v->z, &v->x, about_y);
    turn(&v->y, &v->z, about_x);
    turn(&v->x, &v->y, about_z);
}

struct pose pose_upright(void)
{
    return (struct pose){{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
}

struct pose pose_turn(struct pose pose, double about_y, double about_x, double about_z)
{
    turn_one(&pose.right, about_y, about_x, about_z);
    turn_one(&pose.up, about_y, about_x, about_z);
    /* Errors of rounding do not add up. */
    normalize(&pose.right);
    pose.out = cross(pose.right, pose.up);
    normalize(&pose.out);
    pose.up = cross(pose.out, pose.right);
    return pose;
}

struct vector pose_to_world(const struct pose *pose, struct vector p)
{
    const struct vector *r = &pose->right, *u = &pose->up, *o = &pose->out;

    return (struct vector){r->x * p.x + u->x * p.y + o->x * p.z,
                           r->y * p.x + u->y * p.y + o->y * p.z,
                           r->z * p.x + u->z * p.y + o->z * p.z};
}

static struct vector to_phone(const struct pose *pose, struct vector v)
{
    return (struct vector){dot(pose->right, v), dot(pose->up, v), dot(pose->out, v)};
}

struct vector pose_gravity(const struct pose *pose)
{
    return to_phone(pose, gravity);
}

struct vector pose_field(const struct pose *pose)
{
    return to_phone(pose, field);
}

struct vector pose_rate(const struct pose *from, const struct pose *to, double seconds)
{
    /* The axes of `to`, in those of `from`. */
    struct vector x = to_phone(from, to->right), y = to_phone(from, to->up);
    struct vector z = to_phone(from, to->out);
    /* Along the axis that it turned about, as long as twice the sine of the angle. */
    struct vector axis = {y.z - z.y, z.x - x.z, x.y - y.x};
    double angle = atan2(sqrt(dot(axis, axis)), x.x + y.y + z.z - 1);

    return normalize(&axis) ? scaled(axis, angle / seconds * 180 / M_PI) : (struct vector){0, 0, 0};
}

bool pose_from(struct vector pulled, struct vector north, struct pose *pose)
{
    /* The world's axes in the phone's: up is against gravity, east at right angles to the field. */
    struct vector up = scaled(pulled, -1), east, south;

    if (!normalize(&up) || !normalize(&north)) {
        return false;
    }
    east = cross(north, up);
    if (!normalize(&east)) {
        return false;
    }
    south = cross(east, up);
    pose->right = (struct vector){east.x, up.x, south.x};
    pose->up = (struct vector){east.y, up.y, south.y};
    pose->out = (struct vector){east.z, up.z, south.z};
    return true;
}
