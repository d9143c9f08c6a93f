/* SPDX-License-Identifier: GPL-2.0-or-later */
/* EL2's rings taken at any moment, and the file made of them. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "phone/trace.h"
#include "suite.h"

#define HZ     1000000u
#define ESR(c) ((uint32_t)(c) << 26 | 1u << 25)

static struct pb_table table;
static struct pb_trace memory;
static uint32_t written[PB_MAX_PCPUS];
static uint64_t now;

static struct trace *begin(void)
{
    memset(&table, 0, sizeof(table));
    memset(&memory, 0, sizeof(memory));
    memset(written, 0, sizeof(written));
    now = 1000;
    table.magic = PB_TABLE_MAGIC;
    table.version = PB_TABLE_VERSION;
    table.pcpus = 2;
    table.vm_count = 2;
    table.vcpu_count = 3;
    strcpy(table.vm[0].name, "one");
    strcpy(table.vm[1].name, "t\"w\\o");
    table.vcpu[1] = (struct pb_vcpu){.vm = 1, .index = 0};
    table.vcpu[2] = (struct pb_vcpu){.vm = 1, .index = 1, .pcpu = 1};
    return trace_new(&table, HZ);
}

/* As EL2 does it. */
static void put(unsigned cpu, uint32_t vcpu, uint32_t esr)
{
    uint32_t n = ++written[cpu];

    memory.ring[cpu][n % PB_TRACE_RECORDS] = (struct pb_trace_record){
        .tag = n << 8 | vcpu, .esr = esr, .time = now++, .pc = 0x40200000, .hpfar = 0xa0000};
}

static JsonArray *print(struct trace *trace, JsonParser *parser)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    JsonArray *events = NULL;

    trace_print(trace, out);
    fclose(out);
    if (json_parser_load_from_data(parser, text, (gssize)size, NULL)) {
        JsonObject *root = json_node_get_object(json_parser_get_root(parser));
        events = json_object_get_array_member(root, "traceEvents");
    }
    free(text);
    return events;
}

/* The n-th event that is no metadata, as text. */
static char *event(JsonArray *events, unsigned n)
{
    for (guint i = 0; i < json_array_get_length(events); i++) {
        JsonObject *e = json_array_get_object_element(events, i);
        const char *phase = json_object_get_string_member(e, "ph");

        if (strcmp(phase, "M") != 0 && n-- == 0) {
            return g_strdup_printf(
                "%s %d.%d %s %g", phase, (int)json_object_get_int_member(e, "pid"),
                (int)json_object_get_int_member(e, "tid"), json_object_get_string_member(e, "name"),
                json_object_get_double_member(e, "ts"));
        }
    }
    return g_strdup("");
}

static void test_timeline(void)
{
    static const char *const expected[] = {
        "B 1.1 one/0 0",
        "B 2.1 CPU 0 0",      /* runs first */
        "i 2.1 hvc 1",        /* goes on after a call */
        "i 2.1 data-abort 2", /* and gives way after an abort */
        "E 1.1 one/0 2",
        "E 2.1 CPU 0 2",
        "B 1.1 two/0 2",
        "B 3.1 CPU 0 2",
        "B 1.2 two/1 3",
        "B 3.2 CPU 1 3", /* the other CPU */
        "i 3.1 irq 4",
        "E 1.1 two/0 4",
        "E 3.1 CPU 0 4",
        "B 1.1 idle 4",
        "E 1.1 idle 4",
        "E 1.2 two/1 4",
        "E 3.2 CPU 1 4", /* the end */
        "",
    };
    g_autoptr(JsonParser) parser = json_parser_new();
    struct trace *trace = begin();
    JsonArray *events;

    put(0, 0, ESR(0x3f));
    put(0, 0, ESR(0x16));
    put(0, 1, ESR(0x24));
    put(1, 2, ESR(0));
    put(0, PB_TRACE_IDLE, 0);
    trace_take(trace, &memory);
    trace_take(trace, &memory);
    CU_ASSERT_EQUAL(trace_records(trace), 5);
    CU_ASSERT_EQUAL(trace_lost(trace), 0);
    CU_ASSERT_DOUBLE_EQUAL(trace_seconds(trace), 4e-6, 1e-9);
    events = print(trace, parser);
    CU_ASSERT_PTR_NOT_NULL_FATAL(events);
    for (unsigned i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_autofree char *text = event(events, i);
        if (strcmp(text, expected[i]) != 0) {
            printf("\nevent %u: %s, expected %s\n", i, text, expected[i]);
        }
        CU_ASSERT_STRING_EQUAL(text, expected[i]);
    }
    trace_free(trace);
}

static void test_arguments(void)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    struct trace *trace = begin();
    JsonArray *events;
    bool abort = false, access = false;

    put(0, 0, 0);
    put(0, 0, ESR(0x24));
    put(0, 0, ESR(0x18) | 3u << 20 | 5u << 17 | 12u << 10 | 11u << 1); /* ICC_SGI1R_EL1 */
    trace_take(trace, &memory);
    events = print(trace, parser);
    CU_ASSERT_PTR_NOT_NULL_FATAL(events);
    for (guint i = 0; i < json_array_get_length(events); i++) {
        JsonObject *e = json_array_get_object_element(events, i), *args;
        if (strcmp(json_object_get_string_member(e, "ph"), "i") != 0) {
            continue;
        }
        args = json_object_get_object_member(e, "args");
        CU_ASSERT_STRING_EQUAL(json_object_get_string_member(args, "pc"), "0x40200000");
        if (json_object_has_member(args, "ipa_page")) {
            abort = !strcmp(json_object_get_string_member(args, "ipa_page"), "0xa000000");
        }
        if (json_object_has_member(args, "register")) {
            access = !strcmp(json_object_get_string_member(args, "register"), "S3_0_C12_C11_5") &&
                     json_object_get_boolean_member(args, "write");
        }
    }
    CU_ASSERT(abort && access);
    trace_free(trace);
}

/* EL2 goes round faster than it is read; nothing is taken twice, what is missing is counted. */
static void test_lapped(void)
{
    struct trace *trace = begin();
    uint32_t total = 0;

    for (unsigned i = 0; i < 3000; i++) {
        put(0, 0, 0);
    }
    trace_take(trace, &memory);
    total = trace_records(trace);
    CU_ASSERT_EQUAL(total,
                    PB_TRACE_RECORDS); /* what it was before it was first looked at is unknown */
    for (unsigned i = 0; i < 5000; i++) {
        put(0, 0, 0);
    }
    trace_take(trace, &memory);
    CU_ASSERT_EQUAL(trace_records(trace) - total + trace_lost(trace), 5000);
    CU_ASSERT(trace_lost(trace) >= 5000 - PB_TRACE_RECORDS && trace_lost(trace) < 3000);
    trace_free(trace);
}

/* Numbers are 24 bits wide. */
static void test_wrap(void)
{
    struct trace *trace = begin();

    written[0] = (1u << 24) - 100;
    for (unsigned i = 0; i < 1000; i++) {
        put(0, 0, 0);
        if (i % 7 == 0) {
            trace_take(trace, &memory);
        }
    }
    trace_take(trace, &memory);
    CU_ASSERT_EQUAL(trace_records(trace), 1000);
    CU_ASSERT_EQUAL(trace_lost(trace), 0);
    trace_free(trace);
}

/* Memory that is no trace at all ends neither in a crash nor in a broken file. */
static void test_nonsense(void)
{
    GRand *rand = g_rand_new_with_seed(3);

    for (unsigned round = 0; round < 20; round++) {
        g_autoptr(JsonParser) parser = json_parser_new();
        struct trace *trace = begin();
        guint32 *words = (guint32 *)&memory;

        for (unsigned times = 0; times < 3; times++) {
            for (size_t i = 0; i < sizeof(memory) / 4; i++) {
                words[i] = g_rand_int(rand) & (i % 8 ? G_MAXUINT32 : 0x7ff00fff);
            }
            trace_take(trace, &memory);
        }
        CU_ASSERT_PTR_NOT_NULL(print(trace, parser));
        trace_free(trace);
    }
    g_rand_free(rand);
}

static void test_wrong_table(void)
{
    struct trace *trace = begin();

    CU_ASSERT_PTR_NOT_NULL(trace);
    trace_free(trace);
    CU_ASSERT_PTR_NULL(trace_new(&table, 0));
    table.vcpu_count = PB_MAX_VCPUS + 1;
    CU_ASSERT_PTR_NULL(trace_new(&table, HZ));
    table.vcpu_count = 0;
    table.magic++;
    CU_ASSERT_PTR_NULL(trace_new(&table, HZ));
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"timeline", test_timeline}, {"arguments", test_arguments},
        {"lapped", test_lapped},     {"wrap", test_wrap},
        {"nonsense", test_nonsense}, {"a wrong table", test_wrong_table},
        CU_TEST_INFO_NULL,
    };

    return run_suite("trace", tests);
}
