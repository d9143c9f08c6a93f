/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the board is, for its GNSS receiver (docs/board/gnss.md): nowhere, at a place from which it
 * moves with a speed and a course, or on a route. The earth is a sphere. Knows nothing of QEMU.
 */
#ifndef HW_PHONEBOOTH_GNSS_MOTION_H
#define HW_PHONEBOOTH_GNSS_MOTION_H

#include <stdbool.h>
#include <stdint.h>

#include "nmea.h"

#define MOTION_POINTS       20000    /* of a route, at most */
#define MOTION_SPEED_MAX    3000000  /* mm/s */
#define MOTION_ALTITUDE_MAX 10000000 /* cm, above and below */

/* A place. Latitude and longitude as in nmea.h. */
typedef struct MotionPoint {
    int32_t latitude, longitude;
    int32_t altitude_cm;
    int64_t at_ms; /* since the route's start; never before the point that comes before */
} MotionPoint;

typedef enum MotionMode { MOTION_OFF, MOTION_FIX, MOTION_ROUTE } MotionMode;

typedef struct Motion {
    int32_t mode;       /* MotionMode */
    int64_t start_ms;   /* the machine's time when it began */
    MotionPoint *point; /* the place of a fix, or the route */
    int32_t points;     /* how many; 0 with MOTION_OFF */
    uint32_t speed_mms; /* of a fix */
    uint32_t course;    /* hundredths of a degree */
} Motion;

/* The point can be, and the route's time does not go back. */
bool motion_is_place(int64_t latitude, int64_t longitude, int64_t altitude_cm);
bool motion_is_route(const MotionPoint *point, unsigned points);

/* Where it is at @now_ms of the machine's time: valid, place, speed, course of @fix. A route that
 * has ended stays at its end. */
void motion_at(const Motion *m, int64_t now_ms, struct nmea_fix *fix);

/* Length of a route in ms. */
int64_t motion_length_ms(const Motion *m);

#endif
