/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "wire.h"

#include <gio/gunixsocketaddress.h>

GSocketConnection *wire_connect(const char *path, GError **error)
{
    g_autoptr(GSocketClient) socket = g_socket_client_new();
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new(path);
    g_autoptr(GError) why = NULL;
    GSocketConnection *connection =
        g_socket_client_connect(socket, G_SOCKET_CONNECTABLE(address), NULL, &why);

    if (connection == NULL) {
        g_set_error(error, BOOTH_ERROR, BOOTH_ERROR_CONNECT,
                    "no phone answers at %s (%s); start one with 'booth run'", path, why->message);
    }
    return connection;
}

GDataInputStream *wire_lines(GSocketConnection *connection)
{
    GDataInputStream *in =
        g_data_input_stream_new(g_io_stream_get_input_stream(G_IO_STREAM(connection)));

    g_data_input_stream_set_newline_type(in, G_DATA_STREAM_NEWLINE_TYPE_LF);
    return in;
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
