/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The control socket's requests: JSON that may be anything, members that may be wrong. */
#include "suite.h"

#include <string.h>

#include "control/args.h"
#include "control/message.h"
#include "control/schema.h"

static JsonObject *parse(const char *line)
{
    const char *why;
    JsonObject *object = message_parse(line, strlen(line), &why);
    CU_ASSERT_EQUAL(object == NULL, why != NULL);
    return object;
}

static void parses_requests(void)
{
    JsonObject *object = parse("{\"id\":1,\"verb\":\"tap\",\"x\":[{\"a\":[1]}]}");

    CU_ASSERT_PTR_NOT_NULL_FATAL(object);
    CU_ASSERT_STRING_EQUAL(args_string(object, "verb", ""), "tap");
    json_object_unref(object);
}

static void refuses_requests(void)
{
    static const char *const bad[] = {
        "",
        "nothing",
        "{",
        "[]",
        "1",
        "\"text\"",
        "null",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\" 1}",
        "{\"a\":\"\xff\"}",
        "{\"a\":99999999999999999999}",
        "{\"a\":[-1000000000000000000]}",
        "{\"a\":[[[[[[[[[[1]]]]]]]]]]}",
    };
    char *deep = g_strnfill(60000, '[');
    const char *why;

    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
        CU_ASSERT_PTR_NULL(parse(bad[i]));
    }
    CU_ASSERT_PTR_NULL(parse(deep)); /* must not use up the stack */
    CU_ASSERT_PTR_NULL(message_parse("{\"a\":\0}", 7, &why));
    g_free(deep);
}

static void keeps_ids(void)
{
    static const struct {
        const char *line;
        bool good;
    } cases[] = {
        {"{}", true},
        {"{\"id\":null}", true},
        {"{\"id\":5}", true},
        {"{\"id\":1.5}", true},
        {"{\"id\":\"x\"}", true},
        {"{\"id\":-9007199254740992}", true},
        {"{\"id\":9007199254740994}", false},
        {"{\"id\":0.12345678901234567890123}", true},
        {"{\"id\":\"99999999999999999999\"}", true},
        {"{\"id\":1e22}", false},
        {"{\"id\":1e400}", false},
        {"{\"id\":true}", false},
        {"{\"id\":[1]}", false},
        {"{\"id\":{}}", false},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        JsonObject *object = parse(cases[i].line);
        JsonNode *id = NULL;
        CU_ASSERT_EQUAL(message_id(object, &id), cases[i].good);
        if (id) {
            json_node_unref(id);
        }
        json_object_unref(object);
    }
}

static void formats_one_line(void)
{
    JsonObject *object = json_object_new();
    char *line;

    json_object_set_string_member(object, "text", "two\nlines \"quoted\"");
    line = message_format(object);
    CU_ASSERT_PTR_EQUAL(strchr(line, '\n'), line + strlen(line) - 1);
    json_object_unref(object);
    object = parse(line);
    CU_ASSERT_STRING_EQUAL(args_string(object, "text", ""), "two\nlines \"quoted\"");
    json_object_unref(object);
    g_free(line);
}

/* Paths and texts of the host and of guests may be any bytes; a line is always UTF-8. */
static void formats_any_bytes(void)
{
    static const char *const texts[] = {"/tmp/caf\xe9", "\xff\xfe", "\xc3", "a\x01\x7f\n",
                                        "\xed\xa0\x80"};

    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
        JsonObject *object = json_object_new(), *inner = json_object_new();
        json_object_set_string_member(inner, texts[i], texts[i]);
        json_object_set_object_member(object, "inner", inner);
        char *line = message_format(object);
        CU_ASSERT_TRUE(g_utf8_validate(line, -1, NULL));
        CU_ASSERT_PTR_EQUAL(strchr(line, '\n'), line + strlen(line) - 1);
        json_object_unref(object);
        object = parse(line);
        CU_ASSERT_PTR_NOT_NULL_FATAL(object);
        json_object_unref(object);
        g_free(line);
    }
}

static const struct arg args[] = {
    {.name = "x", .type = ARG_INT, .required = true, .min = 0, .max = 719},
    {.name = "seconds", .type = ARG_NUMBER, .min = 0, .max = 60},
    {.name = "follow", .type = ARG_BOOL},
    {.name = "text", .type = ARG_STRING, .max = 4},
    {.name = "type", .type = ARG_CHOICE, .choices = (const char *const[]){"up", "down", NULL}},
    {.name = "vm", .type = ARG_NAME},
    {.name = "vms", .type = ARG_NAMES},
    {.name = "file", .type = ARG_PATH, .max = 8},
    {.name = NULL},
};

static void checks_members(void)
{
    static const struct {
        const char *line;
        const char *word; /* of the complaint; NULL: none */
    } cases[] = {
        {"{\"x\":0}", NULL},
        {"{\"x\":719,\"seconds\":1.5,\"follow\":true,\"text\":\"1234\",\"type\":\"up\",\"vm\":1,"
         "\"vms\":[\"a\",2],\"id\":9,\"verb\":\"v\"}",
         NULL},
        {"{\"x\":1,\"seconds\":60}", NULL},
        {"{}", "missing"},
        {"{\"x\":720}", "'x'"},
        {"{\"x\":-1}", "'x'"},
        {"{\"x\":1.5}", "'x'"},
        {"{\"x\":\"1\"}", "'x'"},
        {"{\"x\":null}", "'x'"},
        {"{\"x\":1,\"seconds\":1e300}", "'seconds'"},
        {"{\"x\":1,\"follow\":1}", "'follow'"},
        {"{\"x\":1,\"text\":\"12345\"}", "'text'"},
        {"{\"x\":1,\"type\":\"sideways\"}", "up, down"},
        {"{\"x\":1,\"vm\":[]}", "'vm'"},
        {"{\"x\":1,\"vms\":\"a\"}", "'vms'"},
        {"{\"x\":1,\"vms\":[{}]}", "'vms'"},
        {"{\"x\":1,\"timeuot\":3}", "'timeuot'"},
        {"{\"x\":1,\"file\":\"/a/b.png\"}", NULL},
        {"{\"x\":1,\"file\":\"/a/bb.png\"}", "'file'"},
        {"{\"x\":1,\"file\":\"b.png\"}", "'file'"},
        {"{\"x\":1,\"file\":\"\"}", "'file'"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        JsonObject *object = parse(cases[i].line);
        char *wrong = args_check(object, args);
        if (cases[i].word) {
            CU_ASSERT_TRUE(wrong && strstr(wrong, cases[i].word))
        } else {
            CU_ASSERT_PTR_NULL(wrong)
        }
        g_free(wrong);
        json_object_unref(object);
    }
}

static void fills_in_presets(void)
{
    const struct schema_verb *tap = schema_find("tap");
    JsonObject *object = parse("{\"x\":1,\"y\":2,\"slot\":3}");

    CU_ASSERT_PTR_NOT_NULL_FATAL(tap);
    args_fill(object, tap->args);
    CU_ASSERT_EQUAL(args_int(object, "hold_ms", 0), 80);
    CU_ASSERT_EQUAL(args_int(object, "slot", 0), 3);
    CU_ASSERT_FALSE(args_has(object, "duration_ms"));
    json_object_unref(object);
}

/* What the schema fills in, it must accept. */
static void presets_fit(void)
{
    unsigned verbs = 0, presets = 0;

    for (const struct schema_verb *verb = schema_verbs; verb->name; verb++, verbs++) {
        for (const struct arg *arg = verb->args; arg->name; arg++) {
            struct arg alone[] = {*arg, {.name = NULL}};
            JsonObject *object = json_object_new();
            alone[0].required = false;
            args_fill(object, alone);
            presets += args_has(object, arg->name);
            CU_ASSERT_PTR_NULL(args_check(object, alone));
            json_object_unref(object);
        }
        CU_ASSERT_PTR_EQUAL(schema_find(verb->name), verb);
    }
    CU_ASSERT_TRUE(verbs > 20 && presets > 5);
    CU_ASSERT_PTR_NULL(schema_find("nothing"));
}

static void gives_members(void)
{
    JsonObject *object = parse("{\"x\":7,\"vm\":2,\"vms\":[\"a\",3]}");
    char *vm = args_name(object, "vm");
    char **vms = args_names(object, "vms");

    CU_ASSERT_EQUAL(args_int(object, "x", 0), 7);
    CU_ASSERT_EQUAL(args_int(object, "y", 9), 9);
    CU_ASSERT_EQUAL(args_number(object, "x", 0), 7.0);
    CU_ASSERT_STRING_EQUAL(vm, "2");
    CU_ASSERT_TRUE(strcmp(vms[0], "a") == 0 && strcmp(vms[1], "3") == 0 && vms[2] == NULL);
    CU_ASSERT_PTR_NULL(args_name(object, "none"));
    g_strfreev(vms);
    g_free(vm);
    json_object_unref(object);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"parses requests", parses_requests},
        {"refuses what is no request", refuses_requests},
        {"keeps ids", keeps_ids},
        {"formats one line", formats_one_line},
        {"formats any bytes", formats_any_bytes},
        {"checks members", checks_members},
        {"fills in presets", fills_in_presets},
        {"presets fit", presets_fit},
        {"gives members", gives_members},
        CU_TEST_INFO_NULL,
    };
    return run_suite("control", tests);
}
