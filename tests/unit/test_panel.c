/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The panel's map, how the phone is held, numbers that people type. */
#include "suite.h"

#include <math.h>
#include <string.h>

#include "sdk/panel/map.h"
#include "sdk/panel/number.h"
#include "sdk/panel/places.h"
#include "sdk/panel/pose.h"
#include "sdk/panel/readings.h"

/* ---- Map ------------------------------------------------------------------------------------
 */

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

/* ---- Pose -----------------------------------------------------------------------------------
 */

static void expect(struct vector v, double x, double y, double z)
{
    CU_ASSERT_DOUBLE_EQUAL(v.x, x, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(v.y, y, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(v.z, z, 0.01);
}

/* As `booth rotate` sets the sensors (emulator/phone/attitude_turn.c). */
static void poses_are_those_of_rotate(void)
{
    struct pose pose = pose_upright();

    expect(pose_gravity(&pose), 0, -9.81, 0);
    expect(pose_field(&pose), 0, -40, -20);
    pose = pose_turn(pose_upright(), 0, 0, -M_PI / 2); /* right: a quarter turn clockwise */
    expect(pose_gravity(&pose), 9.81, 0, 0);
    expect(pose_field(&pose), 40, 0, -20);
    pose = pose_turn(pose_upright(), 0, 0, M_PI / 2);
    expect(pose_gravity(&pose), -9.81, 0, 0);
    pose = pose_turn(pose_upright(), 0, 0, M_PI);
    expect(pose_gravity(&pose), 0, 9.81, 0);
    pose = pose_turn(pose_upright(), 0, -M_PI / 2, 0); /* lies on its back, its head to the north */
    expect(pose_gravity(&pose), 0, 0, -9.81);
    expect(pose_field(&pose), 0, 20, -40);
}

static void sensors_tell_the_pose(void)
{
    struct pose pose = pose_upright(), again = pose_upright();

    for (int i = 0; i < 2000; i++) {
        pose = pose_turn(pose, 0.3, 0.11 * (i % 7), -0.05 * (i % 5));
        CU_ASSERT_TRUE_FATAL(pose_from(pose_gravity(&pose), pose_field(&pose), &again));
        expect(again.right, pose.right.x, pose.right.y, pose.right.z);
        expect(again.up, pose.up.x, pose.up.y, pose.up.z);
        expect(again.out, pose.out.x, pose.out.y, pose.out.z);
    }
    expect(pose_to_world(&pose, (struct vector){1, 0, 0}), pose.right.x, pose.right.y,
           pose.right.z);
}

static void no_pose_from_nothing(void)
{
    struct pose pose = pose_upright();

    CU_ASSERT_FALSE(pose_from((struct vector){0}, (struct vector){0, -40, -20}, &pose));
    CU_ASSERT_FALSE(pose_from((struct vector){0, -9.8, 0}, (struct vector){0}, &pose));
    CU_ASSERT_FALSE(pose_from((struct vector){0, -9.8, 0}, (struct vector){0, 50, 0}, &pose));
    expect(pose.up, 0, 1, 0);
}

/* ---- Readings -------------------------------------------------------------------------------
 */

static JsonObject *object(const char *text)
{
    g_autoptr(JsonNode) node = json_from_string(text, NULL);

    return json_node_dup_object(node);
}

static void readings_are_taken(void)
{
    struct readings readings = {0};
    struct vector vector;
    g_autoptr(JsonObject) list =
        object("{\"sensors\":[{\"name\":\"accelerometer\",\"values\":[0.001,-9.81,-0.001]},"
               "{\"name\":\"light\",\"values\":[300]},{\"name\":\"smell\",\"values\":[1]},7,"
               "{\"name\":\"proximity\",\"values\":[1,2,3,4]},{\"name\":\"gyroscope\"}]}");
    g_autoptr(JsonObject) empty = object("{\"sensors\":7}");

    CU_ASSERT_FALSE(readings_vector(&readings, "accelerometer", &vector));
    readings_take_list(&readings, empty);
    readings_take_list(&readings, list);
    CU_ASSERT_TRUE_FATAL(readings_vector(&readings, "accelerometer", &vector));
    expect(vector, 0.001, -9.81, 0);
    CU_ASSERT_EQUAL(readings_one(&readings, "light"), 300);
    CU_ASSERT_EQUAL(readings_one(&readings, "proximity"), 0);
    CU_ASSERT_EQUAL(readings_one(&readings, "smell"), 0);
    CU_ASSERT_FALSE(readings_vector(&readings, "gyroscope", &vector));
    for (unsigned i = 0; i < READINGS; i++) {
        g_autofree char *text = readings_text(&readings, i);
        if (strcmp(readings_title(i), "Acceleration") == 0) {
            CU_ASSERT_STRING_EQUAL(text, "0.00   -9.81   0.00 m/s²");
        }
    }
}

static void readings_are_set(void)
{
    g_autoptr(JsonObject) request =
        readings_request("accelerometer", (struct vector){0, -9.8125, 1e-9});
    JsonArray *values = json_object_get_array_member(request, "values");

    CU_ASSERT_STRING_EQUAL(json_object_get_string_member(request, "action"), "set");
    CU_ASSERT_EQUAL(json_array_get_length(values), 3);
    CU_ASSERT_STRING_EQUAL(json_array_get_string_element(values, 1), "-9.8125");
    CU_ASSERT_EQUAL(readings_from_slider(0), 0);
    CU_ASSERT_EQUAL(readings_from_slider(5), 100000);
    CU_ASSERT_EQUAL(readings_from_slider(99), 100000);
    CU_ASSERT_EQUAL(readings_to_slider(0), 0);
    CU_ASSERT_DOUBLE_EQUAL(readings_to_slider(1000), 3, 1e-9);
    CU_ASSERT_EQUAL(readings_to_slider(2e5), 5);
}

/* ---- Numbers --------------------------------------------------------------------------------
 */

static void numbers_are_read(void)
{
    static const char *const wrong[] = {"",     " ",  "x",      "1x",  "1.2.3", "nan", "inf",
                                        "0x10", "91", "-90.01", "1e3", "--1",   "5 5"};
    double value;

    CU_ASSERT_TRUE(number_parse("52.5163", -90, 90, &value));
    CU_ASSERT_DOUBLE_EQUAL(value, 52.5163, 1e-12);
    CU_ASSERT_TRUE(number_parse(" -13,5 ", -90, 90, &value));
    CU_ASSERT_DOUBLE_EQUAL(value, -13.5, 1e-12);
    CU_ASSERT_TRUE(number_parse("1e1", -90, 90, &value));
    CU_ASSERT_DOUBLE_EQUAL(value, 10, 1e-12);
    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        CU_ASSERT_FALSE(number_parse(wrong[i], -90, 90, &value));
    }
}

static void numbers_are_written(void)
{
    static const struct {
        double value;
        int digits;
        const char *text;
    } cases[] = {{52.5163, 6, "52.5163"}, {100, 6, "100"},         {-0.0000001, 6, "0"},
                 {0.5, 0, "0"},           {-13.3777, 2, "-13.38"}, {120, 0, "120"}};

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = number_text(cases[i].value, cases[i].digits);
        CU_ASSERT_STRING_EQUAL(text, cases[i].text);
    }
    g_autofree char *largest = number_text(-1.7e308, 6);
    CU_ASSERT_TRUE(strlen(largest) > 300);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"map and back", map_and_back},
        {"the map's edges", map_edges},
        {"the map moves", map_moves},
        {"lines of the map", map_lines},
        {"texts of the map", map_texts},
        {"land", land_is_on_the_map},
        {"poses as with rotate", poses_are_those_of_rotate},
        {"a pose from sensors", sensors_tell_the_pose},
        {"no pose", no_pose_from_nothing},
        {"readings", readings_are_taken},
        {"requests of sensors", readings_are_set},
        {"numbers", numbers_are_read},
        {"texts of numbers", numbers_are_written},
        CU_TEST_INFO_NULL,
    };

    return run_suite("panel", tests);
}
