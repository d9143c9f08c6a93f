/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "print.h"

#include <string.h>

#include "output.h"

static JsonArray *gathered; /* NULL: objects are printed at once */

void print_add_place(JsonObject *object, int x, int y, int width, int height)
{
    json_object_set_int_member(object, "x", x);
    json_object_set_int_member(object, "y", y);
    json_object_set_int_member(object, "width", width);
    json_object_set_int_member(object, "height", height);
}

JsonObject *print_new_result(void)
{
    JsonObject *object = json_object_new();

    json_object_set_boolean_member(object, "ok", TRUE);
    return object;
}

void print_gather(void)
{
    gathered = json_array_new();
}

void print_gathered(const char *member)
{
    g_autoptr(JsonObject) object = print_new_result();

    json_object_set_array_member(object, member, g_steal_pointer(&gathered));
    print_json(object);
}

void print_json(JsonObject *object)
{
    if (gathered) {
        json_array_add_object_element(gathered, json_object_ref(object));
        return;
    }
    output_object(object);
}

void print_result(const char *name, ...)
{
    g_autoptr(JsonObject) object = print_new_result();
    va_list args;

    va_start(args, name);
    for (; name != NULL; name = va_arg(args, const char *)) {
        const char *value = va_arg(args, const char *);
        g_autofree char *valid = value ? g_utf8_make_valid(value, -1) : NULL;

        if (valid) {
            json_object_set_string_member(object, name, valid);
        } else {
            json_object_set_null_member(object, name);
        }
    }
    va_end(args);
    print_json(object);
}

const char *print_text_of(JsonObject *object, const char *member, const char *otherwise)
{
    JsonNode *node = json_object_get_member(object, member);

    return node != NULL && JSON_NODE_HOLDS_VALUE(node) &&
                   json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : otherwise;
}

static void members_below(JsonObject *object, const char *prefix)
{
    g_autoptr(GList) names = json_object_get_members(object);

    for (GList *l = names; l != NULL; l = l->next) {
        JsonNode *node = json_object_get_member(object, l->data);
        g_autofree char *name = g_strconcat(prefix, l->data, NULL);
        if (JSON_NODE_HOLDS_OBJECT(node)) {
            g_autofree char *below = g_strconcat(name, ".", NULL);
            members_below(json_node_get_object(node), below);
        } else {
            g_autofree char *value = json_to_string(node, FALSE);
            output_printf("%-32s %s\n", name, value);
        }
    }
}

void print_members(JsonObject *object)
{
    json_object_remove_member(object, "id");
    json_object_remove_member(object, "ok");
    members_below(object, "");
}

/* `field`: what stands between the braces. */
static void print_field(char *field, JsonObject *reply)
{
    char *digits = strchr(field, ':');

    if (digits == NULL) {
        JsonNode *node = json_object_get_member(reply, field);
        const char *text = print_text_of(reply, field, NULL);
        g_autofree char *value = text || !node ? g_strdup(text) : json_to_string(node, FALSE);
        output_text(value ? value : "?");
        return;
    }
    *digits++ = '\0';
    char *slash = strchr(field, '/');
    double by = slash ? g_ascii_strtod(slash + 1, NULL) : 1;
    if (slash) {
        *slash = '\0';
    }
    output_printf("%.*f", (int)g_ascii_strtoll(digits, NULL, 10),
                  json_object_get_double_member_with_default(reply, field, 0) / by);
}

void print_template(const char *template, JsonObject *reply)
{
    if (strcmp(template, "{*}") == 0) {
        print_members(reply);
        return;
    }
    for (const char *open; (open = strchr(template, '{')) != NULL;) {
        const char *end = strchr(open, '}');
        g_autofree char *field = g_strndup(open + 1, (gsize)(end - open - 1));
        output_bytes(template, (gsize)(open - template));
        print_field(field, reply);
        template = end + 1;
    }
    output_printf("%s\n", template);
}

void print_each(JsonObject *object, const char *member, void (*print)(JsonObject *element))
{
    JsonArray *array = json_object_has_member(object, member)
                           ? json_object_get_array_member(object, member)
                           : NULL;

    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        print(json_array_get_object_element(array, i));
    }
}
