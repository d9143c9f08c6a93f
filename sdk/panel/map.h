/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The map: the earth on a plane, by Mercator's projection of a sphere. Pure. Degrees, north and
 * east positive; pixels from the upper left corner. The world repeats itself to the left and right.
 */
#ifndef PANEL_MAP_H
#define PANEL_MAP_H

#define MAP_EDGE 85.05 /* latitude where the map ends, north and south */

struct map {
    double lat, lon; /* the place in the middle */
    double scale;    /* pixels for a degree of longitude */
    int w, h;        /* pixels */
};

/* Where a place is: of its repetitions that which is nearest to the middle. */
void map_point(const struct map *map, double lat, double lon, double *x, double *y);

/* Which place is at a point: -180 <= lon < 180, -MAP_EDGE <= lat <= MAP_EDGE. */
void map_place(const struct map *map, double x, double y, double *lat, double *lon);

/* What is at a point is then so many pixels further right and down. */
void map_pan(struct map *map, double dx, double dy);

/* So many times as large; what is at a point stays there. */
void map_zoom(struct map *map, double factor, double x, double y);

/* Moves the middle so that a place is in view, at least `margin` pixels from the edges. */
void map_follow(struct map *map, double lat, double lon, double margin);

/* Degrees between the lines of the graticule, so that they are `least` pixels apart or more. */
double map_grid(const struct map *map, double least);

/* Bytes for a text of map_degrees(). */
#define MAP_TEXT 24

/* "52.5° N": with as many digits as lines `step` degrees apart need. `letters`: "NS" or "EW". */
void map_degrees(double degrees, double step, const char *letters, char text[MAP_TEXT]);

/* A round distance in metres whose length in the middle of the map is at most `most` pixels;
 * *length is that length. */
double map_bar(const struct map *map, double most, double *length);

/* -180 <= lon < 180 */
double map_wrap(double lon);

#endif
