/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/message.h"

#include <string.h>

/* json-glib descends once per level without a limit of its own: count before it sees the line. */
static bool is_shallow(const char *line, gsize length)
{
    unsigned depth = 0;
    bool in_string = false;

    for (gsize i = 0; i < length; i++) {
        char c = line[i];
        if (in_string) {
            i += c == '\\';
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > MESSAGE_DEPTH) {
                return false;
            }
        } else if (c == '}' || c == ']') {
            depth -= depth > 0;
        }
    }
    return true;
}

JsonObject *message_parse(const char *line, gsize length, const char **why)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonNode *root;

    *why = NULL;
    if (memchr(line, '\0', length) || !g_utf8_validate(line, (gssize)length, NULL)) {
        *why = "the line is no UTF-8 text";
    } else if (!is_shallow(line, length)) {
        *why = "too many lists and objects inside each other";
    } else if (!json_parser_load_from_data(parser, line, (gssize)length, NULL)) {
        *why = "the line is no JSON";
    }
    if (*why) {
        return NULL;
    }
    root = json_parser_get_root(parser);
    if (!root || !JSON_NODE_HOLDS_OBJECT(root)) {
        *why = "the line is no JSON object";
        return NULL;
    }
    return json_object_ref(json_node_get_object(root));
}

bool message_id(JsonObject *request, JsonNode **id)
{
    JsonNode *node = json_object_get_member(request, "id");
    GType type = node ? json_node_get_value_type(node) : G_TYPE_INVALID;

    if (!node || JSON_NODE_HOLDS_NULL(node)) {
        *id = json_node_new(JSON_NODE_NULL);
        return true;
    }
    if (type == G_TYPE_STRING && strlen(json_node_get_string(node)) > MESSAGE_ID_MAX) {
        return false;
    }
    if (type != G_TYPE_STRING && type != G_TYPE_INT64 && type != G_TYPE_DOUBLE) {
        return false;
    }
    *id = json_node_copy(node);
    return true;
}

char *message_format(JsonObject *object)
{
    g_autoptr(JsonNode) root = json_node_new(JSON_NODE_OBJECT);
    g_autoptr(JsonGenerator) generator = json_generator_new();
    g_autofree char *text = NULL;

    json_node_set_object(root, object);
    json_generator_set_root(generator, root);
    text = json_generator_to_data(generator, NULL);
    return g_strconcat(text, "\n", NULL);
}
