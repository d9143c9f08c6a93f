/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * libFuzzer target: a line of the control socket is parsed, checked against the API's schema,
 * filled in and read as verbs read it. What it passes must be within the schema's limits, and the
 * answer with the client's id must be one line of JSON. The dictionary is made from the schema.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "control/message.h"
#include "control/schema.h"

static void need(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void read_number(JsonObject *request, const struct arg *arg)
{
    double number = arg->type == ARG_INT ? (double)args_int(request, arg->name, 0)
                                         : args_number(request, arg->name, 0);
    need(number >= arg->min && number <= arg->max);
}

static void read_text(JsonObject *request, const struct arg *arg)
{
    const char *text = args_string(request, arg->name, NULL);

    need(text && g_utf8_validate(text, -1, NULL));
    need(arg->type == ARG_CHOICE ? g_strv_contains(arg->choices, text) : strlen(text) <= arg->max);
    need(arg->type != ARG_PATH || text[0] == '/');
}

static void read_names(JsonObject *request, const struct arg *arg)
{
    g_autofree char *name = arg->type == ARG_NAME ? args_name(request, arg->name) : NULL;
    g_auto(GStrv) names = arg->type == ARG_NAMES ? args_names(request, arg->name) : NULL;

    need(name || names);
    need(!names || g_strv_length(names) <= 32);
}

static void read_member(JsonObject *request, const struct arg *arg)
{
    switch (arg->type) {
    case ARG_INT:
    case ARG_NUMBER:
        read_number(request, arg);
        break;
    case ARG_BOOL:
        args_bool(request, arg->name, false);
        break;
    case ARG_STRING:
    case ARG_PATH:
    case ARG_CHOICE:
        read_text(request, arg);
        break;
    case ARG_NAME:
    case ARG_NAMES:
        read_names(request, arg);
        break;
    }
}

/* True: the schema accepts it. */
static bool read_request(JsonObject *request)
{
    const char *name = message_verb(request);
    const struct schema_verb *verb = name ? schema_find(name) : NULL;
    g_autofree char *wrong = verb ? args_check(request, verb->args) : NULL;

    need(!wrong || g_utf8_validate(wrong, -1, NULL));
    if (!verb || wrong) {
        return false;
    }
    args_fill(request, verb->args);
    for (const struct arg *arg = verb->args; arg->name; arg++) {
        need(args_has(request, arg->name) || (!arg->required && !arg->preset));
        if (args_has(request, arg->name)) {
            read_member(request, arg);
        }
    }
    return true;
}

static void answer(JsonNode *id)
{
    g_autoptr(JsonObject) reply = json_object_new();
    g_autoptr(JsonObject) again = NULL;
    g_autofree char *line = NULL;
    const char *why;

    json_object_set_member(reply, "id", id);
    line = message_format(reply);
    need(strchr(line, '\n') == line + strlen(line) - 1);
    again = message_parse(line, strlen(line), &why);
    need(again != NULL);
}

/* True: it is a request that the schema accepts. */
static bool take_line(const char *line)
{
    const char *why;
    g_autoptr(JsonObject) request = message_parse(line, strlen(line), &why);
    JsonNode *id = NULL;

    need((request == NULL) == (why != NULL));
    if (!request || !message_id(request, &id)) {
        return false;
    }
    answer(id);
    return read_request(request);
}

/* What is left of the input. */
struct input {
    const uint8_t *data;
    size_t size;
};

static unsigned take(struct input *input)
{
    if (input->size == 0) {
        return 0;
    }
    input->size--;
    return *input->data++;
}

/* Values that are near what is right, or far from it. */
static void add_value(GString *line, const struct arg *arg, struct input *input)
{
    unsigned kind = take(input), with = take(input);
    double limits[] = {arg->min, arg->max, arg->min - 1, arg->max + 1, with, -1e308};
    gsize length = MIN(input->size, with);
    g_autofree char *text = g_strndup((const char *)input->data, length);

    switch (kind % 8) {
    case 0:
    case 1:
        g_string_append_printf(line, "%.17g", limits[with % G_N_ELEMENTS(limits)]);
        break;
    case 2:
        g_string_append_printf(line, "\"%s\"", arg->choices ? arg->choices[0] : "/a");
        break;
    case 3:
        g_string_append(line, with & 1 ? "true" : "null");
        break;
    case 4:
        g_string_append_printf(line, "[\"a\",%u,\"%s\"]", with, text);
        break;
    case 5:
        g_string_append_printf(line, "\"%*s\"", (int)(with << (kind >> 4)), "x");
        break;
    case 6:
        g_string_append_printf(line, "\"%s\"", text);
        break;
    default:
        g_string_append(line, text);
        break;
    }
    input->data += kind % 8 >= 6 ? length : 0;
    input->size -= kind % 8 >= 6 ? length : 0;
}

static char *make_request(struct input *input)
{
    unsigned verbs = 0, members = 0;
    GString *line = g_string_new(NULL);

    while (schema_verbs[verbs].name) {
        verbs++;
    }
    const struct schema_verb *verb = &schema_verbs[take(input) % verbs];
    while (verb->args[members].name) {
        members++;
    }
    g_string_append_printf(line, "{\"verb\":\"%s\"", verb->name);
    for (unsigned i = 0; i < members || input->size > 0; i++) {
        unsigned which = take(input);
        const struct arg *arg = &verb->args[members ? which % members : 0];
        g_string_append_printf(line, ",\"%s\":", members && which < 192 ? arg->name : "id");
        add_value(line, arg, input);
    }
    g_string_append_c(line, '}');
    return g_string_free(line, FALSE);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The target can tell right from wrong. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    need(take_line("{\"id\":1,\"verb\":\"tap\",\"x\":1,\"y\":2}"));
    need(!take_line("{\"id\":1,\"verb\":\"tap\",\"x\":1}"));
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    g_autofree char *line =
        take(&input) % 4 ? make_request(&input) : g_strndup((const char *)input.data, input.size);

    take_line(line);
    return 0;
}
