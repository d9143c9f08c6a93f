/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The panel's map. */
#include "suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sdk/panel/map.h"
#include "sdk/panel/places.h"

static void map_and_back(void)
{
    struct map map = {.lat = 52.5, .lon = 13.4, .scale = 300, .w = 500, .h = 300};
    double x, y, lat, lon;

    map_point(&map, 52.5, 13.4, &x, &y);
    CU_ASSERT_DOUBLE_EQUAL(x, 250, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(y, 150, 1e-9);
    map_point(&map, 52.6, 13.5, &x, &y);
    CU_ASSERT_DOUBLE_EQUAL(x, 280, 1e-9);
    CU_ASSERT_TRUE(y < 150 && y > 90); /* north is up, and a degree of latitude is longer here */
    map_place(&map, x, y, &lat, &lon);
    CU_ASSERT_DOUBLE_EQUAL(lat, 52.6, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(lon, 13.5, 1e-9);
}

/* Where the world ends and begins again. */
static void map_edges(void)
{
    struct map map = {.lat = 0, .lon = 179, .scale = 10, .w = 400, .h = 200};
    double x, y, lat, lon;

    map_point(&map, 0, -179, &x, &y);
    CU_ASSERT_DOUBLE_EQUAL(x, 220, 1e-9);
    map_place(&map, 220, 100, &lat, &lon);
    CU_ASSERT_DOUBLE_EQUAL(lon, -179, 1e-9);
    map_place(&map, 200, -1e9, &lat, &lon);
    CU_ASSERT_DOUBLE_EQUAL(lat, MAP_EDGE, 1e-6);
    map_point(&map, 90, 0, &x, &y);
    CU_ASSERT_TRUE(isfinite(y));
    map_point(&map, -90, 0, &x, &y);
    CU_ASSERT_TRUE(isfinite(y) && y > 100);
    CU_ASSERT_DOUBLE_EQUAL(map_wrap(180), -180, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(map_wrap(-540), -180, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(map_wrap(-180.5), 179.5, 1e-9);
}

static void map_moves(void)
{
    struct map map = {.lat = 40, .lon = 10, .scale = 20, .w = 400, .h = 200};
    double lat, lon, x, y;

    map_place(&map, 300, 50, &lat, &lon);
    map_zoom(&map, 4, 300, 50);
    map_point(&map, lat, lon, &x, &y);
    CU_ASSERT_DOUBLE_EQUAL(map.scale, 80, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(x, 300, 1e-6); /* it stays under the mouse */
    CU_ASSERT_DOUBLE_EQUAL(y, 50, 1e-6);
    map_pan(&map, 25, -10);
    map_point(&map, lat, lon, &x, &y);
    CU_ASSERT_DOUBLE_EQUAL(x, 325, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(y, 40, 1e-6);
    map_follow(&map, lat, lon, 50);
    map_point(&map, lat, lon, &x, &y);
    CU_ASSERT_DOUBLE_EQUAL(x, 325, 1e-6); /* was in view */
    CU_ASSERT_DOUBLE_EQUAL(y, 50, 1e-6);  /* was at the edge */
    map_zoom(&map, 1e-9, 0, 0);
    CU_ASSERT_DOUBLE_EQUAL(map.scale, 400 / 360.0, 1e-9);
    map_zoom(&map, 1e30, 0, 0);
    CU_ASSERT_TRUE(isfinite(map.scale) && isfinite(map.lat) && isfinite(map.lon));
}

static void map_lines(void)
{
    static const struct {
        double scale, step;
        const char *text;
    } cases[] = {{1, 45, "45° N"},     {9, 10, "10° N"},     {100, 1, "1° N"},
                 {500, 0.2, "0.2° N"}, {900, 0.1, "0.1° N"}, {2e5, 0.0005, "0.0005° N"}};

    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct map map = {.scale = cases[i].scale, .w = 400, .h = 200};
        char text[MAP_TEXT];
        CU_ASSERT_DOUBLE_EQUAL(map_grid(&map, 90), cases[i].step, 1e-9);
        map_degrees(map_grid(&map, 90), map_grid(&map, 90), "NS", text);
        CU_ASSERT_STRING_EQUAL(text, cases[i].text);
    }
}

static void map_texts(void)
{
    struct map map = {.lat = 60, .scale = 1111.95, .w = 400, .h = 200};
    char text[MAP_TEXT];
    double length;

    map_degrees(-33.925, 0.01, "NS", text);
    CU_ASSERT_TRUE(strcmp(text, "33.92° S") == 0 || strcmp(text, "33.93° S") == 0);
    map_degrees(-0.001, 0.5, "EW", text);
    CU_ASSERT_STRING_EQUAL(text, "0°");
    map_degrees(-180, 45, "EW", text);
    CU_ASSERT_STRING_EQUAL(text, "180° W");
    /* At 60 degrees a degree of longitude is half as long: 50 m for a pixel here. */
    CU_ASSERT_DOUBLE_EQUAL(map_bar(&map, 130, &length), 5000, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(length, 100, 0.1);
}

static void land_is_on_the_map(void)
{
    unsigned count = 0;

    for (const struct shore *shore = shores; shore->count > 0; shore++, count++) {
        CU_ASSERT_TRUE(shore->count >= 3);
        for (unsigned i = 0; i < shore->count; i++) {
            CU_ASSERT_TRUE(abs(shore->point[i][0]) <= 85 && abs(shore->point[i][1]) <= 190);
        }
    }
    CU_ASSERT_TRUE(count > 10);
    for (const struct place *place = places; place->name; place++) {
        CU_ASSERT_TRUE(fabsf(place->lat) <= 85 && fabsf(place->lon) <= 180);
        CU_ASSERT_TRUE(place->rank >= 1 && place->rank <= 3);
    }
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"there and back", map_and_back},
        {"edges", map_edges},
        {"moves", map_moves},
        {"lines", map_lines},
        {"texts", map_texts},
        {"land", land_is_on_the_map},
        CU_TEST_INFO_NULL,
    };

    return run_suite("map", tests);
}
