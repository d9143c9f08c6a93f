/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A way that a phone goes: points from a GPX 1.1 or KML 2.2 file, and when it is at each. Pure but
 * for track_read(). The file is hostile.
 */
#ifndef PHONE_TRACK_H
#define PHONE_TRACK_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define TRACK_POINTS    20000       /* of a way, at most: as the board takes them */
#define TRACK_FILE_MAX  (32u << 20) /* bytes */
#define TRACK_SPEED     10.0        /* m/s, if neither file nor user say when it is where */
#define TRACK_SPEED_MAX 3000.0
#define TRACK_MS_MAX    (INT64_C(366) * 86400 * 1000)

struct track_point {
    double latitude, longitude; /* degrees, north and east positive */
    double altitude;            /* m above sea level */
    int64_t time_ms;            /* as the file says, since 1970 */
    bool timed;                 /* the file says */
};

/*
 * The points of `text`: of GPX those of tracks and routes, of KML those of lines and tracks, one
 * after the other. NULL and `error` (one line, without the file's name) if there are none, too
 * many, or one that is not on earth.
 */
GArray *track_parse(const char *text, gsize length, GError **error);

/* The same of a file; the error names it. */
GArray *track_read(const char *file, GError **error);

/*
 * What the board's receiver takes: "LATITUDE LONGITUDE ALTITUDE MS;...", in 1e-7 degrees and cm, ms
 * from 0 on. `speed` in m/s; 0: the file's times, or TRACK_SPEED if a point has none. NULL and
 * `error`: the times go back, or it takes longer than a year. Free with g_free().
 */
char *track_route(const GArray *points, double speed, GError **error);

/* Great circle on a sphere, m. */
double track_distance(const struct track_point *a, const struct track_point *b);

#endif
