/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Great circles on a sphere; the mean radius of IUGG. */
#include "gnss_motion.h"

#include <math.h>

#define RADIUS_MM 6371008800.0
#define CIRCLE    INT64_C(3600000000) /* in units of NMEA_DEGREE */
#define QUARTER   900000000
#define RADIAN    (180.0 / 3.14159265358979323846)
#define COURSES   36000u

bool motion_is_place(int64_t latitude, int64_t longitude, int64_t altitude_cm)
{
    return latitude >= -QUARTER && latitude <= QUARTER && longitude >= -2 * QUARTER &&
           longitude <= 2 * QUARTER && altitude_cm >= -MOTION_ALTITUDE_MAX &&
           altitude_cm <= MOTION_ALTITUDE_MAX;
}

bool motion_is_route(const MotionPoint *point, unsigned points)
{
    if (!points || points > MOTION_POINTS || point[0].at_ms < 0) {
        return false;
    }
    for (unsigned i = 0; i < points; i++) {
        if (!motion_is_place(point[i].latitude, point[i].longitude, point[i].altitude_cm) ||
            (i && point[i].at_ms < point[i - 1].at_ms)) {
            return false;
        }
    }
    return true;
}

static double radians(int32_t angle)
{
    return (double)angle / NMEA_DEGREE / RADIAN;
}

static int32_t units(double angle)
{
    return (int32_t)llround(angle * RADIAN * NMEA_DEGREE);
}

/* -180 degrees up to, but not, 180. */
static int32_t wrap(int64_t longitude)
{
    longitude = (longitude + CIRCLE / 2) % CIRCLE;
    return (int32_t)(longitude < 0 ? longitude + CIRCLE / 2 : longitude - CIRCLE / 2);
}

static uint32_t course_of(double east, double north)
{
    const long course = lround(atan2(east, north) * RADIAN * 100);

    return (uint32_t)(course + (long)COURSES) % COURSES;
}

/* The course at which a great circle leaves @from for @to. */
static uint32_t course_to(const MotionPoint *from, const MotionPoint *to)
{
    const double a = radians(from->latitude), b = radians(to->latitude);
    const double east = radians(to->longitude) - radians(from->longitude);

    return course_of(sin(east) * cos(b), cos(a) * sin(b) - sin(a) * cos(b) * cos(east));
}

/* mm */
static double distance(const MotionPoint *from, const MotionPoint *to)
{
    const double a = radians(from->latitude), b = radians(to->latitude);
    const double north = sin((b - a) / 2);
    const double east = sin((radians(to->longitude) - radians(from->longitude)) / 2);

    return 2 * RADIUS_MM * asin(fmin(1, sqrt(north * north + cos(a) * cos(b) * east * east)));
}

static void move(const Motion *m, int64_t ms, struct nmea_fix *fix)
{
    const MotionPoint *from = &m->point[0];
    const double arc = (double)m->speed_mms * (double)ms / 1000 / RADIUS_MM;
    const double course = (double)m->course / 100 / RADIAN;
    const double a = radians(from->latitude);
    const double north = sin(a) * cos(arc) + cos(a) * sin(arc) * cos(course);
    const double b = asin(fmax(-1, fmin(1, north)));
    const double east = atan2(sin(course) * sin(arc) * cos(a), cos(arc) - sin(a) * sin(b));

    fix->latitude = units(b);
    fix->longitude = wrap((int64_t)from->longitude + units(east));
    fix->altitude_cm = from->altitude_cm;
    fix->speed_mms = m->speed_mms;
    /* along the circle: of the two components of the velocity at its end */
    fix->course =
        course_of(sin(course) * cos(a), cos(a) * cos(course) * cos(arc) - sin(a) * sin(arc));
}

static void stand(const MotionPoint *at, uint32_t course, struct nmea_fix *fix)
{
    fix->latitude = at->latitude;
    fix->longitude = wrap(at->longitude);
    fix->altitude_cm = at->altitude_cm;
    fix->speed_mms = 0;
    fix->course = course;
}

/* The last point that has been reached; the first, if none has. */
static int reached(const Motion *m, int64_t ms)
{
    int low = 0, high = m->points - 1;

    while (low < high) {
        const int middle = low + (high - low + 1) / 2;

        if (m->point[middle].at_ms <= ms) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/* Between two points the latitude and the longitude grow evenly. */
static void follow(const Motion *m, int64_t ms, struct nmea_fix *fix)
{
    const int i = reached(m, ms);
    const MotionPoint *from = &m->point[i], *to = from + 1;
    double part, speed;

    if (i + 1 == m->points || ms < from->at_ms) {
        stand(from, i ? course_to(from - 1, from) : 0, fix);
        return;
    }
    part = (double)(ms - from->at_ms) / (double)(to->at_ms - from->at_ms);
    speed = distance(from, to) * 1000 / (double)(to->at_ms - from->at_ms);
    fix->latitude =
        (int32_t)(from->latitude + llround(part * ((double)to->latitude - from->latitude)));
    fix->longitude =
        wrap(from->longitude + llround(part * wrap((int64_t)to->longitude - from->longitude)));
    fix->altitude_cm = (int32_t)(from->altitude_cm +
                                 llround(part * ((double)to->altitude_cm - from->altitude_cm)));
    fix->speed_mms = (uint32_t)lround(fmin(MOTION_SPEED_MAX, speed));
    fix->course = course_to(from, to);
}

void motion_at(const Motion *m, int64_t now_ms, struct nmea_fix *fix)
{
    const int64_t ms = now_ms > m->start_ms ? now_ms - m->start_ms : 0;

    fix->valid = m->mode != MOTION_OFF && m->points > 0;
    if (!fix->valid) {
        return;
    }
    if (m->mode == MOTION_FIX) {
        move(m, ms, fix);
    } else {
        follow(m, ms, fix);
    }
}

int64_t motion_length_ms(const Motion *m)
{
    return m->mode == MOTION_ROUTE && m->points ? m->point[m->points - 1].at_ms : 0;
}
