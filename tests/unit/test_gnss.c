/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The GNSS receiver: its sentences, and where the board is after a time. */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gnss_motion.h"

#define HOUR_MS 3600000

static char text[NMEA_BURST];

/* The sentence of that type without its checksum, of the last burst. */
static const char *sentence(const char *type)
{
    static char found[NMEA_SENTENCE];
    char start[8];
    const char *at;

    snprintf(start, sizeof(start), "$GP%s,", type);
    at = strstr(text, start);
    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    snprintf(found, sizeof(found), "%.*s", (int)strcspn(at, "*"), at);
    return found;
}

static void make(const struct nmea_fix *fix, int64_t unix_ms)
{
    CU_ASSERT_EQUAL(nmea_burst(text, fix, unix_ms), strlen(text));
}

static bool is(const char *type, const char *expected)
{
    const bool same = strcmp(sentence(type), expected) == 0;

    if (!same) {
        printf("\n    %s\n    not %s\n", sentence(type), expected);
    }
    return same;
}

/* ---- Sentences ----------------------------------------------------------------------------- */

static void test_sentences(void)
{
    const struct nmea_fix fix = {true, 525163000, 133777000, 3450, 10000, 9000, 9};

    make(&fix, INT64_C(1795714667123));
    CU_ASSERT_TRUE(
        is("GGA", "$GPGGA,173747.123,5230.97800,N,01322.66200,E,1,09,1.0,34.50,M,0.0,M,,"));
    CU_ASSERT_TRUE(is("GSA", "$GPGSA,A,3,05,13,15,20,24,29,02,18,10,,,,2.0,1.0,1.7"));
    CU_ASSERT_TRUE(is("GSV", "$GPGSV,3,1,09,05,67,048,46,13,55,292,44,15,48,181,43,20,37,110,41"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "$GPGSV,3,3,09,10,16,083,33*4D\r\n"));
    CU_ASSERT_TRUE(is("RMC", "$GPRMC,173747.123,A,5230.97800,N,01322.66200,E,19.44,90.00,261126,,,"
                             "A"));
    CU_ASSERT_TRUE(is("VTG", "$GPVTG,90.00,T,,M,19.44,N,36.00,K,A"));
}

static void test_no_fix(void)
{
    const struct nmea_fix nothing = {.latitude = 1, .speed_mms = 5000};
    const struct nmea_fix searching = {.satellites = 5};

    make(&nothing, 0);
    CU_ASSERT_TRUE(is("GGA", "$GPGGA,000000.000,,,,,0,00,,,M,,M,,"));
    CU_ASSERT_TRUE(is("GSA", "$GPGSA,A,1,,,,,,,,,,,,,,,"));
    CU_ASSERT_TRUE(is("GSV", "$GPGSV,1,1,00"));
    CU_ASSERT_TRUE(is("RMC", "$GPRMC,000000.000,V,,,,,,,010170,,,N"));
    CU_ASSERT_TRUE(is("VTG", "$GPVTG,,T,,M,,N,,K,N"));
    make(&searching, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "$GPGSV,2,2,05,24,"));
}

/* South and west; a minute that rounds up to a degree; sea level and below; dates. */
static void test_edges(void)
{
    struct nmea_fix fix = {true, -339999999, -1799999999, -41000, 0, 35999, 40};

    make(&fix, INT64_C(951782400000)); /* a leap day */
    CU_ASSERT_PTR_NOT_NULL(strstr(text, ",3359.99999,S,17959.99999,W,1,12,"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, ",-410.00,M,"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, ",0.00,359.99,290200,"));
    fix.latitude = 9999999;
    fix.longitude = 1800000000;
    make(&fix, INT64_C(951868799999));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, ",0059.99999,N,18000.00000,E,"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "$GPRMC,235959.999,"));
    make(&fix, INT64_C(951868800000));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, ",010300,"));
    make(&fix, INT64_C(4102444799000));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, ",311299,"));
    make(&fix, INT64_MIN);
    make(&fix, INT64_MAX);
}

/* Every line of any burst is a sentence with the right checksum, and short enough. */
static void test_any(void)
{
    srandom(1);
    for (unsigned i = 0; i < 20000; i++) {
        const struct nmea_fix fix = {i % 5,
                                     (int32_t)(random() % 1800000001 - 900000000),
                                     (int32_t)(random() % 2000000001 - 1000000000),
                                     (int32_t)(random() % 20000001 - 10000000),
                                     (uint32_t)random() % (MOTION_SPEED_MAX + 1),
                                     (uint32_t)random() % 36000,
                                     (unsigned)random() % 14};
        unsigned lines = 0;
        char *rest = text, *end;

        make(&fix, (int64_t)random() * 1000 + random() % 1000);
        for (; (end = strstr(rest, "\r\n")) != NULL; rest = end + 2, lines++) {
            CU_ASSERT_FATAL(nmea_is_sentence(rest, (size_t)(end - rest)));
        }
        CU_ASSERT_FATAL(lines >= 5 && lines <= 7 && !*rest);
    }
}

static void test_checksum(void)
{
    static const char good[] = "$GPGSV,1,1,00*79";
    char bad[sizeof(good)];

    CU_ASSERT_TRUE(nmea_is_sentence(good, strlen(good)));
    for (size_t i = 0; i < strlen(good); i++) {
        strcpy(bad, good);
        bad[i] ^= 1;
        CU_ASSERT_FALSE(nmea_is_sentence(bad, strlen(bad)));
        CU_ASSERT_FALSE(nmea_is_sentence(good, i));
    }
    CU_ASSERT_FALSE(nmea_is_sentence("$\x01*01", 5));
    CU_ASSERT_FALSE(nmea_is_sentence("$GP*1g", 6));
}

/* ---- Motion -------------------------------------------------------------------------------- */

static struct nmea_fix after(const Motion *m, int64_t ms)
{
    struct nmea_fix fix = {0};

    motion_at(m, m->start_ms + ms, &fix);
    CU_ASSERT_EQUAL(fix.valid, m->mode != MOTION_OFF);
    return fix;
}

static bool near(int64_t a, int64_t b, int64_t by)
{
    if (a - b > by || b - a > by) {
        printf("\n    %lld is not %lld\n", (long long)a, (long long)b);
        return false;
    }
    return true;
}

static Motion from(MotionPoint *at, uint32_t speed_mms, uint32_t course)
{
    return (Motion){MOTION_FIX, 1234, at, 1, speed_mms, course};
}

static void test_off(void)
{
    const Motion off = {MOTION_OFF, 0, NULL, 0, 0, 0};

    after(&off, 5);
}

static void test_stands(void)
{
    MotionPoint berlin = {525163000, 133777000, 3450, 0};
    const Motion m = from(&berlin, 0, 0);
    const struct nmea_fix fix = after(&m, 100 * (int64_t)HOUR_MS);

    CU_ASSERT_EQUAL(fix.latitude, berlin.latitude);
    CU_ASSERT_EQUAL(fix.longitude, berlin.longitude);
    CU_ASSERT_EQUAL(fix.altitude_cm, 3450);
    CU_ASSERT_EQUAL(fix.speed_mms, 0);
}

/* 100 m/s is 3.23755 degrees of a great circle in an hour. */
static void test_moves(void)
{
    MotionPoint zero = {0, 0, 0, 0}, east = {0, 1799000000, 0, 0}, north = {890000000, 0, 0, 0};
    Motion m = from(&zero, 100000, 9000);
    struct nmea_fix fix = after(&m, HOUR_MS);

    CU_ASSERT_TRUE(near(fix.longitude, 32375533, 10) && near(fix.latitude, 0, 1));
    CU_ASSERT_TRUE(fix.speed_mms == 100000 && fix.course == 9000);
    m.course = 18000;
    fix = after(&m, HOUR_MS);
    CU_ASSERT_TRUE(near(fix.latitude, -32375533, 10) && near(fix.longitude, 0, 1));
    m = from(&east, 100000, 9000); /* over the date line */
    fix = after(&m, HOUR_MS);
    CU_ASSERT_TRUE(near(fix.longitude, 1799000000 + 32375533 - 3600000000LL, 10));
    m = from(&north, 100000, 0); /* over the pole, and then south */
    fix = after(&m, HOUR_MS);
    CU_ASSERT_TRUE(near(fix.latitude, 1800000000 - 890000000 - 32375533, 10));
    CU_ASSERT_TRUE(near(labs(fix.longitude), 1800000000, 1));
    CU_ASSERT_EQUAL(fix.course, 18000);
}

/* A great circle to the north east: the course turns, the place is where it should be. */
static void test_course_turns(void)
{
    MotionPoint berlin = {525163000, 133777000, 0, 0};
    const Motion m = from(&berlin, 250000, 4500);
    const struct nmea_fix fix = after(&m, HOUR_MS);

    CU_ASSERT_TRUE(near(fix.latitude, 579159000, 3000000));
    CU_ASSERT_TRUE(fix.longitude > 230000000 && fix.longitude < 250000000);
    CU_ASSERT_TRUE(fix.course > 5300 && fix.course < 5500);
}

static void test_route(void)
{
    MotionPoint point[] = {{0, 1799990000, 1000, 0},
                           {0, -1799990000, 2000, 20000}, /* the short way, over the date line */
                           {0, -1799990000, 2000, 30000}, /* a rest */
                           {10000, -1799990000, 1000, 40000}};
    const Motion m = {MOTION_ROUTE, 77, point, 4, 0, 0};
    struct nmea_fix fix = after(&m, 5000);

    CU_ASSERT_TRUE(motion_is_route(point, 4));
    CU_ASSERT_EQUAL(motion_length_ms(&m), 40000);
    CU_ASSERT_TRUE(near(fix.longitude, 1799995000, 1) && fix.altitude_cm == 1250);
    CU_ASSERT_TRUE(fix.course == 9000 && near(fix.speed_mms, 11120, 1));
    fix = after(&m, 10000);
    CU_ASSERT_TRUE(near(labs(fix.longitude), 1800000000, 1));
    fix = after(&m, 25000);
    CU_ASSERT_TRUE(fix.longitude == -1799990000 && fix.speed_mms == 0);
    fix = after(&m, 35000);
    CU_ASSERT_TRUE(near(fix.latitude, 5000, 1) && fix.course == 0 && fix.altitude_cm == 1500);
    fix = after(&m, 40000);
    CU_ASSERT_TRUE(fix.latitude == 10000 && fix.speed_mms == 0 && fix.course == 0);
    fix = after(&m, INT64_MAX / 2);
    CU_ASSERT_EQUAL(fix.latitude, 10000);
}

static void test_bad_routes(void)
{
    MotionPoint late[] = {{0, 0, 0, 5}, {0, 0, 0, 4}}, north[] = {{900000001, 0, 0, 0}};
    MotionPoint early[] = {{0, 0, 0, -1}}, twice[] = {{1, 2, 3, 7}, {1, 2, 3, 7}, {1, 9, 3, 7}};
    const Motion m = {MOTION_ROUTE, 0, twice, 3, 0, 0};

    CU_ASSERT_FALSE(motion_is_route(late, 2));
    CU_ASSERT_FALSE(motion_is_route(north, 1));
    CU_ASSERT_FALSE(motion_is_route(early, 1));
    CU_ASSERT_FALSE(motion_is_route(early, 0));
    CU_ASSERT_FALSE(motion_is_place(0, 1800000001, 0));
    CU_ASSERT_FALSE(motion_is_place(0, 0, 10000001));
    CU_ASSERT_TRUE(motion_is_route(twice, 3)); /* all at one moment */
    CU_ASSERT_EQUAL(after(&m, 6).longitude, 2);
    CU_ASSERT_EQUAL(after(&m, 7).longitude, 9);
}

/* Whatever it is, it stays on earth. */
static void test_any_motion(void)
{
    srandom(2);
    for (unsigned i = 0; i < 200000; i++) {
        MotionPoint at = {(int32_t)(random() % 1800000001 - 900000000), 0, 0, 0};
        const Motion m = {MOTION_FIX,
                          0,
                          &at,
                          1,
                          (uint32_t)random() % (MOTION_SPEED_MAX + 1),
                          (uint32_t)random() % 36000};
        struct nmea_fix fix;

        at.longitude = (int32_t)(random() % 2000000001 - 1000000000);
        fix = after(&m, (int64_t)random() * random());
        CU_ASSERT_FATAL(motion_is_place(fix.latitude, fix.longitude, fix.altitude_cm));
        CU_ASSERT_FATAL(fix.course < 36000 && fix.longitude < 1800000000);
    }
}

int main(void)
{
    CU_pSuite suite;

    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 1;
    }
    suite = CU_add_suite("gnss", NULL, NULL);
    CU_add_test(suite, "sentences", test_sentences);
    CU_add_test(suite, "without a fix", test_no_fix);
    CU_add_test(suite, "edges", test_edges);
    CU_add_test(suite, "any sentences", test_any);
    CU_add_test(suite, "checksum", test_checksum);
    CU_add_test(suite, "off", test_off);
    CU_add_test(suite, "stands", test_stands);
    CU_add_test(suite, "moves", test_moves);
    CU_add_test(suite, "the course turns", test_course_turns);
    CU_add_test(suite, "route", test_route);
    CU_add_test(suite, "bad routes", test_bad_routes);
    CU_add_test(suite, "any motion", test_any_motion);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    return CU_get_number_of_failures() != 0;
}
