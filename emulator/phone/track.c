/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/track.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>

#define RADIUS 6371008.8 /* m, mean, of IUGG */
#define RADIAN (180 / G_PI)

double track_distance(const struct track_point *a, const struct track_point *b)
{
    const double north = sin((b->latitude - a->latitude) / RADIAN / 2);
    const double east = sin((b->longitude - a->longitude) / RADIAN / 2);
    const double sum =
        north * north + cos(a->latitude / RADIAN) * cos(b->latitude / RADIAN) * east * east;

    return 2 * RADIUS * asin(fmin(1, sqrt(sum)));
}

GArray *track_read(const char *file, GError **error)
{
    g_autofree char *text = NULL;
    GArray *points;
    GStatBuf about;
    gsize length;

    if (g_stat(file, &about) != 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", file, g_strerror(errno));
        return NULL;
    }
    if (!S_ISREG(about.st_mode) || about.st_size > (goffset)TRACK_FILE_MAX) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                    "%s: not a regular file of at most %u MiB", file, TRACK_FILE_MAX >> 20);
        return NULL;
    }
    if (!g_file_get_contents(file, &text, &length, error)) {
        return NULL;
    }
    points = track_parse(text, length, error);
    if (!points) {
        g_prefix_error(error, "%s: ", file);
    }
    return points;
}

static bool all_timed(const GArray *points)
{
    for (guint i = 0; i < points->len; i++) {
        if (!g_array_index(points, struct track_point, i).timed) {
            return false;
        }
    }
    return true;
}

/* Milliseconds since the start, by the file or by the way that has been gone. */
static bool next_time(const GArray *points, guint i, double speed, double *ms, GError **error)
{
    const struct track_point *at = &g_array_index(points, struct track_point, i);

    if (i == 0) {
        *ms = 0;
    } else if (speed > 0) {
        *ms += track_distance(at - 1, at) * 1000 / speed;
    } else if (at->time_ms < at[-1].time_ms) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "point %u is earlier than the one before; give a speed", i + 1);
        return false;
    } else {
        *ms += (double)(at->time_ms - at[-1].time_ms);
    }
    if (*ms > (double)TRACK_MS_MAX) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "it takes longer than a year; give a higher speed");
        return false;
    }
    return true;
}

char *track_route(const GArray *points, double speed, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    double ms = 0;

    if (speed <= 0 && !all_timed(points)) {
        speed = TRACK_SPEED;
    }
    for (guint i = 0; i < points->len; i++) {
        const struct track_point *at = &g_array_index(points, struct track_point, i);

        if (!next_time(points, i, speed, &ms, error)) {
            return NULL;
        }
        g_string_append_printf(text, "%s%ld %ld %ld %" G_GINT64_FORMAT, i ? ";" : "",
                               lround(at->latitude * 1e7), lround(at->longitude * 1e7),
                               lround(at->altitude * 100), (gint64)llround(ms));
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}
