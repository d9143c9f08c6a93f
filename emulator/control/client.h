/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One connection to the control socket: bytes to lines, replies to bytes. Input is not trusted: a
 * line that is too long, or a client that does not read, closes the connection. All on the phone's
 * thread.
 */
#ifndef CONTROL_CLIENT_H
#define CONTROL_CLIENT_H

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <stdbool.h>

#define CLIENT_BACKLOG_MAX (8u << 20) /* bytes that may wait for a client to read */

struct client;

struct client_events {
    /* A line that is a JSON object; the callee owns nothing of it. */
    void (*request)(void *opaque, struct client *client, JsonObject *request);
    /* The connection is gone; drop every reference to the client. */
    void (*closed)(void *opaque, struct client *client);
    void *opaque;
};

struct client *client_new(GMainContext *context, GSocketConnection *connection,
                          const struct client_events *events);

struct client *client_ref(struct client *client);
void client_unref(struct client *client);

/* False once the connection is closed: sending is allowed then and does nothing. */
bool client_is_open(const struct client *client);

void client_send(struct client *client, JsonObject *message);

/* {"id":id,"ok":false,"error":code,"message":message}; `id` NULL: null. */
void client_send_error(struct client *client, JsonNode *id, const char *code, const char *message);

/* Sends what waits if it can go at once, then closes. */
void client_close(struct client *client);

#endif
