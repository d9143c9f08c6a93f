/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "../../sdk/trace/ftrace.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "suite.h"

static const struct ftrace_place place = {"work", 5, 1000.0, 2000000000};

static const char text[] =
    "# tracer: nop\n"
    "# entries-in-buffer/entries-written: 9/14   #P:4\n"
    "          <idle>-0       [001] d..2.     2.000010: sched_switch: prev_comm=swapper/1 "
    "prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=my app-1 [x] next_pid=12 "
    "next_prio=120\n"
    "    my app-1 [x]-12      [001] d.h1.     2.000020: irq_handler_entry: irq=25 name=virtio0\n"
    "    my app-1 [x]-12      [001] d.h1.     2.000025: irq_handler_exit: irq=25 ret=handled\n"
    "    my app-1 [x]-12      [001] ..s1.     2.000026: softirq_entry: vec=1 [action=TIMER]\n"
    "    my app-1 [x]-12      [001] ..s1.     2.000029: softirq_exit: vec=1 [action=TIMER]\n"
    "    my app-1 [x]-12      [001] .....     2.000030: tracing_mark_write: B|12|draw \"it\"\n"
    "    my app-1 [x]-12      [001] .....     2.000031: tracing_mark_write: hello\n"
    "    my app-1 [x]-12      [001] .....     2.000032: tracing_mark_write: C|12|frames|-7\n"
    "    my app-1 [x]-12      [001] .....     2.000040: tracing_mark_write: E|12\n"
    "    my app-1 [x]-12      [001] d..2.     2.000110: sched_switch: prev_comm=my app-1 [x] "
    "prev_pid=12 prev_prio=120 prev_state=S ==> next_comm=swapper/1 next_pid=0 next_prio=120\n";

/* All events of a text; the array is checked to be JSON. Free with json_array_unref(). */
static JsonArray *events_of(const char *trace, struct ftrace_result *result)
{
    g_autoptr(GString) out = g_string_new("[0");
    g_autoptr(JsonParser) parser = json_parser_new();

    *result = ftrace_events(trace, &place, out);
    g_string_append_c(out, ']');
    CU_ASSERT_TRUE_FATAL(json_parser_load_from_data(parser, out->str, -1, NULL));
    JsonArray *events = json_node_get_array(json_parser_get_root(parser));
    json_array_remove_element(events, 0);
    return json_array_ref(events);
}

/* The first event of that name (NULL: any) and phase, or NULL. */
static JsonObject *find(JsonArray *events, const char *phase, const char *name)
{
    for (guint i = 0; i < json_array_get_length(events); i++) {
        JsonObject *event = json_array_get_object_element(events, i);
        const char *its = json_object_get_string_member_with_default(event, "name", "");

        if (strcmp(json_object_get_string_member(event, "ph"), phase) == 0 &&
            (name == NULL || strcmp(its, name) == 0)) {
            return event;
        }
    }
    return NULL;
}

static void check_slice(JsonArray *events, const char *name, double ts, double duration)
{
    JsonObject *event = find(events, "X", name);

    CU_ASSERT_PTR_NOT_NULL_FATAL(event);
    CU_ASSERT_EQUAL(json_object_get_int_member(event, "pid"), FTRACE_KERNEL(5));
    CU_ASSERT_EQUAL(json_object_get_int_member(event, "tid"), 2);
    CU_ASSERT_DOUBLE_EQUAL(json_object_get_double_member(event, "ts"), ts, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(json_object_get_double_member(event, "dur"), duration, 0.01);
}

static void check_mark(JsonArray *events, const char *phase, const char *name, double ts)
{
    JsonObject *event = find(events, phase, name);

    CU_ASSERT_PTR_NOT_NULL_FATAL(event);
    CU_ASSERT_EQUAL(json_object_get_int_member(event, "pid"), FTRACE_MARKS(5));
    CU_ASSERT_EQUAL(json_object_get_int_member(event, "tid"), 12);
    CU_ASSERT_DOUBLE_EQUAL(json_object_get_double_member(event, "ts"), ts, 0.01);
}

static void test_reads(void)
{
    struct ftrace_result result;
    g_autoptr(JsonArray) events = events_of(text, &result);

    CU_ASSERT_EQUAL(result.lost, 5);
    CU_ASSERT_EQUAL(result.events, 7);
    check_slice(events, "my app-1 [x] 12", 1010, 100);
    check_slice(events, "irq 25 virtio0", 1020, 5);
    check_slice(events, "softirq TIMER", 1026, 3);
    CU_ASSERT_PTR_NULL(find(events, "X", "swapper/1 0"));
    check_mark(events, "B", "draw \"it\"", 1030);
    check_mark(events, "i", "hello", 1031);
    check_mark(events, "C", "frames", 1032);
    check_mark(events, "E", NULL, 1040);
    CU_ASSERT_PTR_NOT_NULL(find(events, "M", "process_name"));
}

/* What was open when records were lost, or at the end, ends. */
static void test_gaps(void)
{
    struct ftrace_result result;
    g_autoptr(JsonArray) events = events_of(
        "a-1 [000] d 2.000000: irq_handler_entry: irq=1 name=x\n"
        "a-1 [000] d 2.000010: sched_switch: prev_comm=a prev_pid=1 prev_prio=1 prev_state=S ==> "
        "next_comm=b next_pid=2 next_prio=1\n"
        "b-2 [000] d 2.000015: softirq_exit: vec=1 [action=TIMER]\n"
        "b-2 [000] d 2.000016: tracing_mark_write: E|2\n"
        "b-2 [000] d 2.000020: tracing_mark_write: B|2|open\n",
        &result);

    JsonObject *irq = find(events, "X", "irq 1 x");
    CU_ASSERT_PTR_NOT_NULL_FATAL(irq);
    CU_ASSERT_DOUBLE_EQUAL(json_object_get_double_member(irq, "dur"), 10, 0.01);
    CU_ASSERT_PTR_NOT_NULL(find(events, "X", "a 1"));
    CU_ASSERT_PTR_NOT_NULL(find(events, "X", "b 2"));
    CU_ASSERT_PTR_NOT_NULL(find(events, "B", "open"));
    JsonObject *end = find(events, "E", NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(end);
    CU_ASSERT_DOUBLE_EQUAL(json_object_get_double_member(end, "ts"), 1020, 0.01);
}

static void test_nonsense(void)
{
    static const char *const lines[] = {
        "",
        "\n\n",
        "-",
        "a-1",
        "a-1 [",
        "a-1 [000]",
        "a-1 [000] d",
        "a-1 [000] d 1.0",
        "a-1 [000] d 1.0:",
        "a-1 [000] d 1.0: ",
        "a-1 [000] d 1.0: sched_switch",
        "a-1 [000] d 1.0: sched_switch: prev_comm= prev_pid= next_comm=",
        "a-1 [064] d 1.0: tracing_mark_write: x",
        "a-1 [99999999999999999999] d 1.0: tracing_mark_write: x",
        "# entries-in-buffer/entries-written: 9",
    };
    struct ftrace_result result;

    for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autoptr(JsonArray) events = events_of(lines[i], &result);
        CU_ASSERT_EQUAL(result.events, 0);
    }
    g_autoptr(JsonArray) events =
        events_of("\xff\"\\-1 [000] d 0.000001: tracing_mark_write: \xfe\"\t\\\x01\n", &result);
    CU_ASSERT_EQUAL(result.events, 1);
    CU_ASSERT_EQUAL(json_object_get_double_member(find(events, "i", NULL), "ts"), 0);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"reads", test_reads}, {"gaps", test_gaps}, {"nonsense", test_nonsense}, CU_TEST_INFO_NULL};

    return run_suite("ftrace", tests);
}
