/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/message.h"

#include <string.h>

/* What is read of a line before json-glib sees it. */
struct scan {
    unsigned depth;
    unsigned digits; /* of the number here, before its point */
    bool in_string;
    bool fraction;
};

static void scan_digit(struct scan *scan, char c)
{
    if (g_ascii_isdigit(c)) {
        scan->digits += !scan->fraction;
    } else {
        scan->digits = 0;
        scan->fraction = c == '.';
    }
}

/*
 * json-glib descends once per level without a limit of its own, and takes an integer of more than
 * 64 bits for another. NULL: it may see the line.
 */
static const char *scan_line(const char *line, gsize length)
{
    struct scan scan = {0};

    for (gsize i = 0; i < length; i++) {
        char c = line[i];
        if (scan.in_string) {
            i += c == '\\';
            scan.in_string = c != '"';
            continue;
        }
        scan_digit(&scan, c);
        scan.in_string = c == '"';
        if ((c == '{' || c == '[') && ++scan.depth > MESSAGE_DEPTH) {
            return "too many lists and objects inside each other";
        }
        if (c == '}' || c == ']') {
            scan.depth -= scan.depth > 0;
        }
        if (scan.digits > MESSAGE_DIGITS) {
            return "a number has too many digits";
        }
    }
    return NULL;
}

JsonObject *message_parse(const char *line, gsize length, const char **why)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonNode *root;

    *why = NULL;
    if (memchr(line, '\0', length) || !g_utf8_validate(line, (gssize)length, NULL)) {
        *why = "the line is no UTF-8 text";
    } else if ((*why = scan_line(line, length)) != NULL) {
        return NULL;
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

const char *message_verb(JsonObject *request)
{
    JsonNode *node = json_object_get_member(request, "verb");

    return node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : NULL;
}

/* The library writes larger ones in a way that is no JSON. */
static bool is_exact(double number)
{
    return number >= -MESSAGE_ID_LIMIT && number <= MESSAGE_ID_LIMIT;
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
    if (type != G_TYPE_STRING && !is_exact(json_node_get_double(node))) {
        return false;
    }
    *id = json_node_copy(node);
    return true;
}

char *message_format(JsonObject *object)
{
    g_autoptr(JsonNode) root = json_node_new(JSON_NODE_OBJECT);
    g_autoptr(JsonGenerator) generator = json_generator_new();
    g_autofree char *text = NULL, *valid = NULL;

    json_node_set_object(root, object);
    json_generator_set_root(generator, root);
    text = json_generator_to_data(generator, NULL);
    valid = g_utf8_make_valid(text, -1);
    return g_strconcat(valid, "\n", NULL);
}
