/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "map.h"

#include <math.h>
#include <stdio.h>

#define DEGREE       (M_PI / 180)
#define METRES       111195.0  /* of a degree of a great circle: a sphere of 6371 km */
#define MOST_SCALE   2000000.0 /* about 5 cm for a pixel */
#define MOST_METRES  5e6
#define LEAST_METRES 0.1

/* Latitude as Mercator has it: in degrees of longitude from the equator. */
static double ordinate(double lat)
{
    double clamped = fmin(fmax(lat, -MAP_EDGE), MAP_EDGE);

    return asinh(tan(clamped * DEGREE)) / DEGREE;
}

static double latitude(double ordinate)
{
    double lat = atan(sinh(ordinate * DEGREE)) / DEGREE;

    return fmin(fmax(lat, -MAP_EDGE), MAP_EDGE);
}

double map_wrap(double lon)
{
    return lon - 360 * floor((lon + 180) / 360);
}

void map_point(const struct map *map, double lat, double lon, double *x, double *y)
{
    *x = map->w / 2.0 + map_wrap(lon - map->lon) * map->scale;
    *y = map->h / 2.0 + (ordinate(map->lat) - ordinate(lat)) * map->scale;
}

void map_place(const struct map *map, double x, double y, double *lat, double *lon)
{
    *lon = map_wrap(map->lon + (x - map->w / 2.0) / map->scale);
    *lat = latitude(ordinate(map->lat) + (map->h / 2.0 - y) / map->scale);
}

void map_pan(struct map *map, double dx, double dy)
{
    map_place(map, map->w / 2.0 - dx, map->h / 2.0 - dy, &map->lat, &map->lon);
}

void map_zoom(struct map *map, double factor, double x, double y)
{
    double lat, lon, now_x, now_y;
    /* The whole world is the least that can be seen. */
    double least = fmax(map->w, 1) / 360.0;

    map_place(map, x, y, &lat, &lon);
    map->scale = fmin(fmax(map->scale * factor, least), MOST_SCALE);
    map_point(map, lat, lon, &now_x, &now_y);
    map_pan(map, x - now_x, y - now_y);
}

/* How far to move what is at `at`, so that it is from `margin` to `length` - `margin`. */
static double into(double at, double margin, double length)
{
    if (length < 2 * margin) {
        return length / 2 - at;
    }
    return fmin(fmax(at, margin), length - margin) - at;
}

void map_follow(struct map *map, double lat, double lon, double margin)
{
    double x, y;

    map_point(map, lat, lon, &x, &y);
    map_pan(map, into(x, margin, map->w), into(y, margin, map->h));
}

double map_grid(const struct map *map, double least)
{
    static const double steps[] = {45, 30, 15, 10, 5, 2, 1};
    const double wanted = least / map->scale;
    double step = steps[0];

    for (unsigned i = 0; i < sizeof(steps) / sizeof(steps[0]) && steps[i] >= wanted; i++) {
        step = steps[i];
    }
    for (double tenth = 0.1; tenth * 5 >= wanted && tenth > 1e-6; tenth /= 10) {
        step = tenth >= wanted ? tenth : tenth * 2 >= wanted ? tenth * 2 : tenth * 5;
    }
    return step;
}

void map_degrees(double degrees, double step, const char *letters, char text[MAP_TEXT])
{
    int digits = step >= 1 ? 0 : (int)ceil(-log10(step) - 1e-9);
    double half = 0.5 * pow(10, -digits);

    if (fabs(degrees) < half) {
        snprintf(text, MAP_TEXT, "0°");
    } else {
        snprintf(text, MAP_TEXT, "%.*f° %c", digits, fabs(degrees), letters[degrees < 0]);
    }
}

double map_bar(const struct map *map, double most, double *length)
{
    static const int parts[] = {1, 2, 5};
    const double metres = METRES * cos(map->lat * DEGREE) / map->scale; /* of a pixel */
    double round = LEAST_METRES;

    for (double ten = LEAST_METRES; ten < MOST_METRES; ten *= 10) {
        for (unsigned i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
            round = ten * parts[i] <= most * metres ? ten * parts[i] : round;
        }
    }
    *length = round / metres;
    return round;
}
