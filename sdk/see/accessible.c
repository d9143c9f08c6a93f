/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "accessible.h"

#include <json-glib/json-glib.h>
#include <string.h>

gboolean accessible_split(const char *pattern, char **role, char **name)
{
    const gsize length = strspn(pattern, G_CSET_a_2_z " -");
    const gboolean has_role = length > 0 && pattern[length] == '/';

    if (pattern[0] == '\0') {
        return FALSE;
    }
    *role = has_role ? g_strndup(pattern, length) : g_strdup("");
    *name = g_strdup(has_role ? pattern + length + 1 : pattern);
    return TRUE;
}

static void accessible_free(gpointer data)
{
    struct accessible *accessible = data;

    g_free(accessible->app);
    g_free(accessible->role);
    g_free(accessible->name);
    g_free(accessible);
}

/* A text without control characters; NULL: there is none. */
static char *text_of(JsonObject *object, const char *member)
{
    JsonNode *node = json_object_get_member(object, member);

    if (!node || !JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_STRING) {
        return NULL;
    }
    char *text = json_node_dup_string(node);
    for (char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        if (g_ascii_iscntrl(*at)) {
            *at = ' ';
        }
    }
    return text;
}

static int number_of(JsonObject *object, const char *member)
{
    JsonNode *node = json_object_get_member(object, member);
    const gboolean is =
        node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_INT64;

    return is ? (int)CLAMP(json_node_get_int(node), G_MININT, G_MAXINT) : 0;
}

static struct accessible *read_line(const char *line)
{
    g_autoptr(JsonNode) node = json_from_string(line, NULL);
    JsonObject *object = node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    struct accessible *accessible = object ? g_new0(struct accessible, 1) : NULL;

    if (accessible == NULL) {
        return NULL;
    }
    *accessible = (struct accessible){
        .app = text_of(object, "app"),
        .role = text_of(object, "role"),
        .name = text_of(object, "name"),
        .x = number_of(object, "x"),
        .y = number_of(object, "y"),
        .width = number_of(object, "width"),
        .height = number_of(object, "height"),
    };
    if (!accessible->app || !accessible->role || !accessible->name) {
        g_clear_pointer(&accessible, accessible_free);
    }
    return accessible;
}

GPtrArray *accessible_read(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GPtrArray *found = g_ptr_array_new_with_free_func(accessible_free);

    for (char **line = lines; *line != NULL; line++) {
        struct accessible *accessible = read_line(*line);
        if (accessible) {
            g_ptr_array_add(found, accessible);
        }
    }
    return found;
}
