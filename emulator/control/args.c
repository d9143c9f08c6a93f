/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/args.h"

#include <math.h>
#include <string.h>

#define NAME_MAX_BYTES 64
#define NAMES_MAX      32

static GType value_type(JsonNode *node)
{
    return JSON_NODE_HOLDS_VALUE(node) ? json_node_get_value_type(node) : G_TYPE_INVALID;
}

static bool is_int(JsonNode *node)
{
    return value_type(node) == G_TYPE_INT64;
}

static bool is_number(JsonNode *node)
{
    return is_int(node) ||
           (value_type(node) == G_TYPE_DOUBLE && isfinite(json_node_get_double(node)));
}

static bool is_string(JsonNode *node)
{
    return value_type(node) == G_TYPE_STRING;
}

static bool in_range(JsonNode *node, const struct arg *arg)
{
    double value = json_node_get_double(node);
    return value >= arg->min && value <= arg->max;
}

static bool is_name(JsonNode *node)
{
    return is_int(node) ||
           (is_string(node) && strlen(json_node_get_string(node)) <= NAME_MAX_BYTES);
}

static bool are_names(JsonNode *node)
{
    if (!JSON_NODE_HOLDS_ARRAY(node)) {
        return false;
    }
    JsonArray *array = json_node_get_array(node);
    if (json_array_get_length(array) > NAMES_MAX) {
        return false;
    }
    for (guint i = 0; i < json_array_get_length(array); i++) {
        if (!is_name(json_array_get_element(array, i))) {
            return false;
        }
    }
    return true;
}

static bool is_choice(JsonNode *node, const struct arg *arg)
{
    return is_string(node) && g_strv_contains(arg->choices, json_node_get_string(node));
}

static bool is_path(JsonNode *node, const struct arg *arg)
{
    return is_string(node) && g_path_is_absolute(json_node_get_string(node)) &&
           strlen(json_node_get_string(node)) <= arg->max;
}

/* NULL: it fits. Else what `node` should be. */
static char *expected(JsonNode *node, const struct arg *arg)
{
    g_autofree char *choices = NULL;

    switch (arg->type) {
    case ARG_INT:
        return is_int(node) && in_range(node, arg)
                   ? NULL
                   : g_strdup_printf("a whole number, %.0f to %.0f", arg->min, arg->max);
    case ARG_NUMBER:
        return is_number(node) && in_range(node, arg)
                   ? NULL
                   : g_strdup_printf("a number, %g to %g", arg->min, arg->max);
    case ARG_BOOL:
        return value_type(node) == G_TYPE_BOOLEAN ? NULL : g_strdup("true or false");
    case ARG_STRING:
        return is_string(node) && strlen(json_node_get_string(node)) <= arg->max
                   ? NULL
                   : g_strdup_printf("a string of at most %.0f bytes", arg->max);
    case ARG_PATH:
        return is_path(node, arg)
                   ? NULL
                   : g_strdup_printf("an absolute path of at most %.0f bytes", arg->max);
    case ARG_CHOICE:
        choices = g_strjoinv(", ", (char **)arg->choices);
        return is_choice(node, arg) ? NULL : g_strdup_printf("one of: %s", choices);
    case ARG_NAME:
        return is_name(node) ? NULL : g_strdup("a name or a number");
    case ARG_NAMES:
        return are_names(node) ? NULL : g_strdup("a list of names or numbers, at most 32");
    }
    return NULL;
}

static bool is_known(const struct arg *args, const char *name)
{
    for (; args->name; args++) {
        if (strcmp(args->name, name) == 0) {
            return true;
        }
    }
    return strcmp(name, "id") == 0 || strcmp(name, "verb") == 0;
}

static char *find_unknown(JsonObject *request, const struct arg *args)
{
    g_autoptr(GList) members = json_object_get_members(request);

    for (GList *member = members; member; member = member->next) {
        if (!is_known(args, member->data)) {
            return g_strndup(member->data, NAME_MAX_BYTES);
        }
    }
    return NULL;
}

char *args_check(JsonObject *request, const struct arg *args)
{
    g_autofree char *unknown = find_unknown(request, args);

    if (unknown) {
        return g_strdup_printf("this verb has no member '%s'", unknown);
    }
    for (; args->name; args++) {
        JsonNode *node = json_object_get_member(request, args->name);
        g_autofree char *what = node ? expected(node, args) : NULL;
        if (!node && args->required) {
            return g_strdup_printf("'%s' is missing", args->name);
        }
        if (what) {
            return g_strdup_printf("'%s' must be %s", args->name, what);
        }
    }
    return NULL;
}

void args_fill(JsonObject *request, const struct arg *args)
{
    for (; args->name; args++) {
        if (args->preset && !json_object_has_member(request, args->name)) {
            json_object_set_member(request, args->name, json_from_string(args->preset, NULL));
        }
    }
}

bool args_has(JsonObject *request, const char *name)
{
    return json_object_has_member(request, name);
}

gint64 args_int(JsonObject *request, const char *name, gint64 fallback)
{
    return json_object_get_int_member_with_default(request, name, fallback);
}

double args_number(JsonObject *request, const char *name, double fallback)
{
    return json_object_get_double_member_with_default(request, name, fallback);
}

bool args_bool(JsonObject *request, const char *name, bool fallback)
{
    return json_object_get_boolean_member_with_default(request, name, fallback);
}

const char *args_string(JsonObject *request, const char *name, const char *fallback)
{
    return json_object_get_string_member_with_default(request, name, fallback);
}

static char *name_of(JsonNode *node)
{
    return is_string(node) ? g_strdup(json_node_get_string(node))
                           : g_strdup_printf("%" G_GINT64_FORMAT, json_node_get_int(node));
}

char *args_name(JsonObject *request, const char *name)
{
    JsonNode *node = json_object_get_member(request, name);
    return node ? name_of(node) : NULL;
}

char **args_names(JsonObject *request, const char *name)
{
    JsonNode *node = json_object_get_member(request, name);
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();

    if (!node) {
        return NULL;
    }
    JsonArray *array = json_node_get_array(node);
    for (guint i = 0; i < json_array_get_length(array); i++) {
        g_autofree char *text = name_of(json_array_get_element(array, i));
        g_strv_builder_add(names, text);
    }
    return g_strv_builder_end(names);
}
