/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The panel: how the phone is held, what its sensors say, numbers that people type. */
#include "suite.h"

#include <math.h>
#include <string.h>

#include "sdk/panel/number.h"
#include "sdk/panel/pose.h"
#include "sdk/panel/readings.h"

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

static void turning_has_a_rate(void)
{
    struct pose from = pose_upright(), to = pose_turn(from, 0, 0, M_PI / 18);

    expect(pose_rate(&from, &from, 0.1), 0, 0, 0);
    expect(pose_rate(&from, &to, 0.1), 0, 0, 100); /* to the left: right-handed about z */
    expect(pose_rate(&to, &from, 0.05), 0, 0, -200);
    to = pose_turn(from, 0, M_PI / 18, 0);
    expect(pose_rate(&from, &to, 1), 10, 0, 0);
    from = pose_turn(from, 0.4, -1, 2);
    to = pose_turn(from, M_PI / 18, 0, 0); /* about the world's y: as long in any axes */
    struct vector rate = pose_rate(&from, &to, 1);
    CU_ASSERT_DOUBLE_EQUAL(sqrt(rate.x * rate.x + rate.y * rate.y + rate.z * rate.z), 10, 0.01);
    expect(pose_to_world(&from, rate), 0, 10, 0);
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
        {"poses as with rotate", poses_are_those_of_rotate},
        {"a pose from sensors", sensors_tell_the_pose},
        {"no pose", no_pose_from_nothing},
        {"rate of turning", turning_has_a_rate},
        {"readings", readings_are_taken},
        {"requests of sensors", readings_are_set},
        {"numbers", numbers_are_read},
        {"texts of numbers", numbers_are_written},
        CU_TEST_INFO_NULL,
    };

    return run_suite("panel", tests);
}
