/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "../../sdk/profile/samples.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "suite.h"

static const char text[] = "hello 12  100.000000: \n"
                           "\tffff0001 inner+0x1c (/app/bin/hello)\n"
                           "\tffff0002 main+0x4 (/app/bin/hello)\n"
                           "\n"
                           "hello 12  100.010000: \n"
                           "\tffff0001 std::a<b, c>::d() const+0x1c (/app/bin/hello)\n"
                           "\tffff0002 main+0x8 (/app/bin/hello)\n"
                           "\n"
                           "two words 13  100.020000: \n"
                           "\tffff0003 [unknown] (/usr/lib/libx.so.1)\n"
                           "\tffff0004 [unknown] ([vdso])\n"
                           "\n";

static const struct sample *at(const struct samples *samples, guint index)
{
    return &g_array_index(samples->sample, struct sample, index);
}

static void test_reads(void)
{
    g_autoptr(samples) samples = samples_read(text);

    CU_ASSERT_EQUAL_FATAL(samples->sample->len, 3);
    CU_ASSERT_STRING_EQUAL(at(samples, 0)->thread, "hello 12");
    CU_ASSERT_EQUAL(at(samples, 1)->time_us, 100010000);
    CU_ASSERT_EQUAL_FATAL(at(samples, 1)->function->len, 2);
    CU_ASSERT_STRING_EQUAL(at(samples, 1)->function->pdata[0], "main");
    CU_ASSERT_STRING_EQUAL(at(samples, 1)->function->pdata[1], "std::a<b, c>::d() const");
    CU_ASSERT_STRING_EQUAL(at(samples, 2)->thread, "two words 13");
    CU_ASSERT_STRING_EQUAL(at(samples, 2)->function->pdata[0], "[vdso]");
    CU_ASSERT_STRING_EQUAL(at(samples, 2)->function->pdata[1], "[libx.so.1]");
}

static void test_nonsense(void)
{
    g_autoptr(GString) deep = g_string_new("x 1  1.0: \n");
    for (guint i = 0; i < 10000; i++) {
        g_string_append(deep, "\tff f (/x)\n");
    }
    g_autoptr(samples) endless = samples_read(deep->str);
    CU_ASSERT_EQUAL_FATAL(endless->sample->len, 1);
    CU_ASSERT_EQUAL(at(endless, 0)->function->len, SAMPLES_DEEPEST);

    g_autoptr(samples) none = samples_read("\t\n:\n x:\n\tff f (\n1 2:\n\xff\xfe\n");
    CU_ASSERT_EQUAL(none->sample->len, 0);
    g_autoptr(samples) cut = samples_read("a 1  2.5:\n\t\n\tff\n\tff (\n\tff  (x");
    CU_ASSERT_EQUAL_FATAL(cut->sample->len, 1);
    g_autoptr(samples) bytes = samples_read("\xff<\" 1  2.5:\n\tff \xfe<& (x)\n");
    g_autofree char *svg = samples_flame_graph(bytes, "<title>");
    CU_ASSERT_TRUE(g_utf8_validate(svg, -1, NULL));
    CU_ASSERT_PTR_NULL(strstr(svg, "<title><"));
}

static void test_flame_graph(void)
{
    g_autoptr(samples) samples = samples_read(text);
    g_autofree char *svg = samples_flame_graph(samples, "hello");

    CU_ASSERT_PTR_NOT_NULL(strstr(svg, "<title>all: 100.0 %, 3 samples</title>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(svg, "<title>main: 66.7 %, 2 samples</title>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(svg, "<title>inner: 33.3 %, 1 samples</title>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(svg, "std::a&lt;b, c&gt;::d() const: 33.3 %"));
}

/* The slice of that name: its beginning and length; -1: there is none. */
static void find_slice(JsonArray *events, const char *name, gint64 *begin, gint64 *length)
{
    *begin = *length = -1;
    for (guint i = 0; i < json_array_get_length(events); i++) {
        JsonObject *event = json_array_get_object_element(events, i);
        if (g_strcmp0(json_object_get_string_member(event, "name"), name) == 0) {
            *begin = json_object_get_int_member(event, "ts");
            *length = json_object_get_int_member(event, "dur");
        }
    }
}

static void test_timeline(void)
{
    g_autoptr(samples) samples = samples_read(text);
    g_autofree char *json = samples_timeline(samples);
    g_autoptr(JsonNode) root = json_from_string(json, NULL);
    gint64 begin, length;

    CU_ASSERT_PTR_NOT_NULL_FATAL(root);
    JsonArray *events = json_object_get_array_member(json_node_get_object(root), "traceEvents");
    find_slice(events, "main", &begin, &length);
    CU_ASSERT_EQUAL(begin, 100000000);
    CU_ASSERT_EQUAL(length, 10000);
    find_slice(events, "inner", &begin, &length);
    CU_ASSERT_EQUAL(begin, 100000000);
    CU_ASSERT_EQUAL(length, 10000);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"reads", test_reads},
                                        {"nonsense", test_nonsense},
                                        {"flame graph", test_flame_graph},
                                        {"timeline", test_timeline},
                                        CU_TEST_INFO_NULL};

    return run_suite("profile", tests);
}
