/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/client.h"

#include <string.h>

#include "control/message.h"

struct client {
    int references;
    GMainContext *context;
    GSocketConnection *connection;
    GSocket *socket; /* of the connection; NULL: closed */
    struct client_events events;
    GSource *readable;
    GSource *writable; /* NULL: nothing waits */
    GByteArray *in;    /* of a line that is not complete */
    GByteArray *out;
};

struct client *client_ref(struct client *client)
{
    client->references++;
    return client;
}

void client_unref(struct client *client)
{
    if (--client->references > 0) {
        return;
    }
    g_byte_array_unref(client->in);
    g_byte_array_unref(client->out);
    g_object_unref(client->connection);
    g_free(client);
}

bool client_is_open(const struct client *client)
{
    return client->socket != NULL;
}

static void drop_source(GSource **source)
{
    if (*source) {
        g_source_destroy(*source);
        g_clear_pointer(source, g_source_unref);
    }
}

/* Writes what the socket takes. False: the connection is broken. */
static bool flush(struct client *client)
{
    while (client->out->len > 0) {
        g_autoptr(GError) error = NULL;
        gssize done = g_socket_send_with_blocking(client->socket, (const char *)client->out->data,
                                                  client->out->len, FALSE, NULL, &error);
        if (done <= 0) {
            return g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
        }
        g_byte_array_remove_range(client->out, 0, (guint)done);
    }
    return true;
}

void client_close(struct client *client)
{
    if (!client->socket) {
        return;
    }
    flush(client);
    drop_source(&client->readable);
    drop_source(&client->writable);
    client->socket = NULL;
    g_io_stream_close(G_IO_STREAM(client->connection), NULL, NULL);
    client->events.closed(client->events.opaque, client);
}

static gboolean on_writable(GSocket *socket G_GNUC_UNUSED, GIOCondition condition G_GNUC_UNUSED,
                            gpointer data)
{
    struct client *client = data;

    if (!flush(client)) {
        client_close(client);
        return G_SOURCE_REMOVE;
    }
    if (client->out->len == 0) {
        drop_source(&client->writable);
        return G_SOURCE_REMOVE;
    }
    return G_SOURCE_CONTINUE;
}

static GSource *watch(struct client *client, GIOCondition condition, GSocketSourceFunc fn)
{
    GSource *source = g_socket_create_source(client->socket, condition, NULL);
    g_source_set_callback(source, G_SOURCE_FUNC(fn), client, NULL);
    g_source_attach(source, client->context);
    return source;
}

/* Only appends and lets the loop write: closing in the middle of a caller's work surprises it. */
void client_send(struct client *client, JsonObject *message)
{
    g_autofree char *line = NULL;

    if (!client->socket || client->out->len > CLIENT_BACKLOG_MAX) {
        return;
    }
    line = message_format(message);
    g_byte_array_append(client->out, (const guint8 *)line, (guint)strlen(line));
    if (client->out->len > CLIENT_BACKLOG_MAX) {
        /* It does not read: end the connection, from the loop. */
        g_socket_shutdown(client->socket, TRUE, TRUE, NULL);
    }
    if (!client->writable) {
        client->writable = watch(client, G_IO_OUT, on_writable);
    }
}

void client_send_error(struct client *client, JsonNode *id, const char *code, const char *message)
{
    g_autoptr(JsonObject) reply = json_object_new();

    json_object_set_member(reply, "id", id ? json_node_copy(id) : json_node_new(JSON_NODE_NULL));
    json_object_set_boolean_member(reply, "ok", FALSE);
    json_object_set_string_member(reply, "error", code);
    json_object_set_string_member(reply, "message", message);
    client_send(client, reply);
}

static void take_line(struct client *client, const char *line, gsize length)
{
    const char *why = NULL;
    g_autoptr(JsonObject) request = message_parse(line, length, &why);

    if (request) {
        client->events.request(client->events.opaque, client, request);
    } else {
        client_send_error(client, NULL, "bad-json", why);
    }
}

static void take_lines(struct client *client)
{
    guint8 *end;

    while (client->socket && client->out->len <= CLIENT_BACKLOG_MAX &&
           (end = memchr(client->in->data, '\n', client->in->len))) {
        gsize length = (gsize)(end - client->in->data);
        if (length >= MESSAGE_MAX) {
            break;
        }
        g_autofree char *line = g_strndup((const char *)client->in->data, length);
        bool has_nul = strlen(line) != length;
        g_byte_array_remove_range(client->in, 0, (guint)length + 1);
        if (has_nul) {
            client_send_error(client, NULL, "bad-json", "the line is no UTF-8 text");
        } else if (line[strspn(line, " \t\r")] != '\0') {
            take_line(client, line, length);
        }
    }
    if (client->socket && client->out->len > CLIENT_BACKLOG_MAX) {
        client_close(client);
    } else if (client->socket && client->in->len >= MESSAGE_MAX) {
        client_send_error(client, NULL, "too-long", "a line is at most 65536 bytes");
        client_close(client);
    }
}

static gboolean on_readable(GSocket *socket, GIOCondition condition G_GNUC_UNUSED, gpointer data)
{
    struct client *client = data;
    char chunk[16384];
    gssize length = g_socket_receive_with_blocking(socket, chunk, sizeof(chunk), FALSE, NULL, NULL);

    client_ref(client);
    if (length > 0) {
        g_byte_array_append(client->in, (const guint8 *)chunk, (guint)length);
        take_lines(client);
    } else if (length == 0 || !g_socket_is_connected(socket)) {
        client_close(client);
    } else if (g_socket_condition_check(socket, G_IO_ERR | G_IO_HUP)) {
        client_close(client);
    }
    bool open = client->socket != NULL;
    client_unref(client);
    return open ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

struct client *client_new(GMainContext *context, GSocketConnection *connection,
                          const struct client_events *events)
{
    struct client *client = g_new0(struct client, 1);

    client->references = 1;
    client->context = context;
    client->connection = g_object_ref(connection);
    client->socket = g_socket_connection_get_socket(connection);
    client->events = *events;
    client->in = g_byte_array_new();
    client->out = g_byte_array_new();
    g_socket_set_blocking(client->socket, FALSE);
    client->readable = watch(client, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable);
    return client;
}
