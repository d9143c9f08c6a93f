/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Ways from GPX and KML files, and when the phone is where. */
#include "suite.h"

#include <math.h>
#include <string.h>

#include "phone/track.h"

#define GPX(points) \
    "<?xml version=\"1.0\"?><gpx xmlns=\"x\"><trk><trkseg>" points "</trkseg></trk></gpx>"
#define KML(inside) "<kml><Document><Placemark>" inside "</Placemark></Document></kml>"

static GArray *parse(const char *text)
{
    return track_parse(text, strlen(text), NULL);
}

static bool routes(const char *text, double speed, const char *expected)
{
    g_autoptr(GArray) points = parse(text);
    g_autofree char *route = points ? track_route(points, speed, NULL) : NULL;

    if (g_strcmp0(route, expected) != 0) {
        printf("\n    %s\n    not %s\n", route ? route : "refused", expected);
        return false;
    }
    return true;
}

static void test_gpx(void)
{
    CU_ASSERT_TRUE(
        routes(GPX("<trkpt lat=\"52.5\" lon='13.4'><ele> 34.5 </ele>"
                   "<time>2026-11-26T10:00:00Z</time></trkpt>"
                   "<trkpt lon=\"-13.5\" lat=\"-52.6\"><time>2026-11-26T11:00:01.500+01:00"
                   "</time></trkpt>"),
               0, "525000000 134000000 3450 0;-526000000 -135000000 0 1500"));
    CU_ASSERT_TRUE(routes("<gpx><wpt lat='9' lon='9'/><rte><rtept lat='1' lon='2'/>"
                          "<rtept lat='1' lon='2'/></rte></gpx>",
                          0, "10000000 20000000 0 0;10000000 20000000 0 0"));
    CU_ASSERT_TRUE(routes("<g:gpx xmlns:g='y'><g:trk><g:trkpt lat='0' lon='180'/></g:trk></g:gpx>",
                          0, "0 1800000000 0 0"));
}

static void test_kml(void)
{
    CU_ASSERT_TRUE(
        routes(KML("<Point><coordinates>1,2,3</coordinates></Point><LineString>"
                   "<coordinates>\n 13.4,52.5,10\n\t13.4,52.5 </coordinates></LineString>"),
               5, "525000000 134000000 1000 0;525000000 134000000 0 0"));
    CU_ASSERT_TRUE(
        routes(KML("<gx:Track><when>2026-01-01T00:00:00Z</when><when>2026-01-01T00:00:09Z"
                   "</when><gx:coord>1 2 3</gx:coord><gx:coord>1.5 2 3</gx:coord>"
                   "</gx:Track>"),
               0, "20000000 10000000 300 0;20000000 15000000 300 9000"));
}

/* 0.001 degrees of the equator are 111.195 m. */
static void test_speed(void)
{
    static const char way[] = GPX("<trkpt lat='0' lon='0'><time>2026-01-01T00:00:00Z</time></trkpt>"
                                  "<trkpt lat='0' lon='0.001'/>");

    CU_ASSERT_TRUE(routes(way, 2, "0 0 0 0;0 10000 0 55598"));
    CU_ASSERT_TRUE(routes(way, 0, "0 0 0 0;0 10000 0 11120")); /* not every point has a time */
    CU_ASSERT_TRUE(routes(GPX("<trkpt lat='0' lon='179.9995'/><trkpt lat='0' lon='-179.9995'/>"),
                          10, "0 1799995000 0 0;0 -1799995000 0 11120"));
}

static const char *refusal(const char *text, double speed)
{
    static char *said;
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) points = track_parse(text, strlen(text), &error);
    g_autofree char *route = points ? track_route(points, speed, &error) : NULL;

    CU_ASSERT_PTR_NULL(route);
    g_free(said);
    said = g_strdup(error ? error->message : "");
    CU_ASSERT_PTR_NULL(strchr(said, '\n'));
    return said;
}

static void test_refused(void)
{
    static const struct {
        const char *text, *part;
    } bad[] = {
        {"", "empty"},
        {"{}", "begin"},
        {GPX(""), "no track, route or line"},
        {"<gpx><trk><trkpt lat='1' lon='2'>", "end"},
        {GPX("<trkpt lat='1'/>"), "point 1: latitude must be"},
        {GPX("<trkpt lat='90.1' lon='1'/>"), "point 1: latitude must be"},
        {GPX("<trkpt lat='1' lon='1'/><trkpt lat='1' lon='-180.5'/>"), "point 2"},
        {GPX("<trkpt lat='nan' lon='1'/>"), "point 1"},
        {GPX("<trkpt lat='1e400' lon='1'/>"), "point 1"},
        {GPX("<trkpt lat='1' lon='1'><time>yesterday</time></trkpt>"), "'yesterday' is no time"},
        {KML("<LineString><coordinates>1,x</coordinates></LineString>"),
         "'1,x' are no coordinates"},
        {KML("<LineString><coordinates>1,2,1e9</coordinates></LineString>"), "altitude must be"},
        {GPX("<trkpt lat='1' lon='1'><time>2026-01-01T00:00:01Z</time></trkpt>"
             "<trkpt lat='1' lon='1'><time>2026-01-01T00:00:00Z</time></trkpt>"),
         "point 2 is earlier"},
        {GPX("<trkpt lat='1' lon='1'><time>2026-01-01T00:00:01Z</time></trkpt>"
             "<trkpt lat='1' lon='1'><time>2028-01-01T00:00:00Z</time></trkpt>"),
         "longer than a year"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        const char *said = refusal(bad[i].text, 0);

        if (!strstr(said, bad[i].part)) {
            printf("\n    %s: '%s'\n", bad[i].text, said);
        }
        CU_ASSERT_PTR_NOT_NULL(strstr(said, bad[i].part));
    }
}

static void test_too_many(void)
{
    g_autoptr(GString) text = g_string_new("<gpx><trk>");

    for (unsigned i = 0; i <= TRACK_POINTS; i++) {
        g_string_append(text, "<trkpt lat='1' lon='1'/>");
    }
    g_string_append(text, "</trk></gpx>");
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(text->str, 0), "more than 20000 points"));
}

/* Times and points of a Track need not be as many. */
static void test_uneven(void)
{
    g_autoptr(GArray) points =
        parse(KML("<Track><coord>1 2 3</coord><when>2026-01-01T00:00:00Z</when>"
                  "<when>2026-01-01T00:00:09Z</when></Track>"
                  "<Track><coord>1 2 3</coord><coord>1 2 3</coord></Track>"));

    CU_ASSERT_EQUAL_FATAL(points->len, 3);
    CU_ASSERT_TRUE(g_array_index(points, struct track_point, 0).timed);
    CU_ASSERT_FALSE(g_array_index(points, struct track_point, 1).timed);
}

static void test_file(void)
{
    g_autoptr(GError) error = NULL;

    CU_ASSERT_PTR_NULL(track_read("/nonexistent.gpx", &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "/nonexistent.gpx: "));
    g_clear_error(&error);
    CU_ASSERT_PTR_NULL(track_read("/dev/zero", &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "not a regular file"));
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"GPX", test_gpx},         {"KML", test_kml},           {"speed", test_speed},
        {"refused", test_refused}, {"too many", test_too_many}, {"uneven", test_uneven},
        {"files", test_file},      CU_TEST_INFO_NULL,
    };

    return run_suite("track", tests);
}
