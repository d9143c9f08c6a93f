/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The host's time zone, as a name that may be handed to a guest. */
#include "suite.h"

#include <glib.h>

#include "phone/zone.h"
#include "phonebooth/chosen.h"

static void test_form(void)
{
    static const char *const good[] = {"UTC", "Europe/Vienna", "America/Argentina/Buenos_Aires",
                                       "Etc/GMT+1", "America/Port-au-Prince"};
    static const char *const bad[] = {"",          "/UTC",          "UTC/", "Europe//Vienna",
                                      "../passwd", "Europe/../x",   "a b",  "<+05>-5",
                                      ":UTC",      "Europe/\u00e4", "a\n",  "CET-1CEST,M3.5.0",
                                      "Area/."};
    g_autofree char *longest = g_strnfill(PB_TIMEZONE_SIZE - 1, 'a');
    g_autofree char *longer = g_strnfill(PB_TIMEZONE_SIZE, 'a');

    for (unsigned i = 0; i < G_N_ELEMENTS(good); i++) {
        CU_ASSERT_TRUE(zone_is_name(good[i]));
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
        CU_ASSERT_FALSE(zone_is_name(bad[i]));
    }
    CU_ASSERT_TRUE(zone_is_name(longest));
    CU_ASSERT_FALSE(zone_is_name(longer));
}

/* What TZ=`tz` makes of the host's zone; "none" for no name. */
static void expect(const char *tz, const char *wanted)
{
    g_setenv("TZ", tz, TRUE);
    g_autofree char *zone = zone_of_host();

    CU_ASSERT_STRING_EQUAL(zone ? zone : "none", wanted);
}

/* UTC is in the host's data base or there is none; a zone that is not is nowhere. */
static void test_environment(void)
{
    expect("UTC", "UTC");
    expect(":UTC", "UTC");
    expect("/usr/share/zoneinfo/UTC", "UTC");
    expect("/etc/passwd", "none");
    expect("../../../etc/passwd", "none");
    expect("<+05>-5", "none");
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"form of a name", test_form}, {"environment", test_environment}, CU_TEST_INFO_NULL};

    return run_suite("zone", tests);
}
