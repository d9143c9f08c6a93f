/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "wire.h"

#include <gio/gunixsocketaddress.h>

GSocketConnection *wire_connect(const char *path, GError **error)
{
    g_autoptr(GSocketClient) socket = g_socket_client_new();
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new(path);
    GSocketConnection *connection =
        g_socket_client_connect(socket, G_SOCKET_CONNECTABLE(address), NULL, error);

    if (connection == NULL) {
        wire_explain_connect(error, path);
    }
    return connection;
}

void wire_explain_connect(GError **error, const char *path)
{
    if (error == NULL || g_error_matches(*error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        return;
    }
    g_autoptr(GError) why = g_steal_pointer(error);
    g_set_error(error, BOOTH_ERROR, BOOTH_ERROR_CONNECT,
                "no phone answers at %s (%s); start one with 'booth run'", path, why->message);
}

JsonObject *wire_parse(const char *line, GError **error)
{
    g_autoptr(JsonNode) node = json_from_string(line, NULL);

    if (node == NULL || !JSON_NODE_HOLDS_OBJECT(node)) {
        g_set_error(error, BOOTH_ERROR, BOOTH_ERROR_PROTOCOL, "the answer is no JSON object: %.60s",
                    line);
        return NULL;
    }
    return json_node_dup_object(node);
}

char *wire_print(JsonObject *message)
{
    g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);

    json_node_set_object(node, message);
    g_autofree char *text = json_to_string(node, FALSE);
    return g_strconcat(text, "\n", NULL);
}

void wire_set_closed(GError **error, const GError *why)
{
    g_set_error(error, BOOTH_ERROR, BOOTH_ERROR_PROTOCOL, "the phone closed the connection%s%s",
                why ? ": " : "", why ? why->message : "");
}
