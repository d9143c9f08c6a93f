/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What the programs of this tree use of a running phone's control API (docs/control-api.md);
 * programs of others use sdk/libbooth, which is made of the same. Synchronous; one client may be
 * used by one thread at a time.
 */
#ifndef BOOTH_H
#define BOOTH_H

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "../libbooth/error.h"

typedef struct booth_client booth_client;

/*
 * Path of the control socket of the phone called name (NULL: "default").
 * Free with g_free().
 */
char *booth_socket_path(const char *name);

/* Connects to the socket at path. NULL and BOOTH_ERROR_CONNECT when no phone answers. */
booth_client *booth_client_new(const char *path, GError **error);

/* Accepts NULL. */
void booth_client_free(booth_client *client);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(booth_client, booth_client_free)

/*
 * Sends request (its member `id` is set here) and waits for the reply to it.
 * Returns the reply (json_object_unref() it), or NULL with an error of BOOTH_ERROR whose
 * message is the phone's. Events that come before the reply are kept for booth_client_event().
 */
JsonObject *booth_client_call(booth_client *client, JsonObject *request, GError **error);

/* Takes a reply: passes one with ok=true on, makes another the error that it is. */
JsonObject *booth_reply_check(JsonObject *reply, GError **error);

/* Gets each event that comes during a call, which is not kept then; the callee owns nothing. */
typedef void booth_event_fn(gpointer data, JsonObject *event);
void booth_client_watch(booth_client *client, booth_event_fn *watch, gpointer data);

/*
 * The next event, waiting for it. NULL and BOOTH_ERROR_PROTOCOL when the connection ended.
 * json_object_unref() it.
 */
JsonObject *booth_client_event(booth_client *client, GError **error);

/*
 * Waits until the phone at the other end has ended: its process is gone, its files are
 * released. FALSE and BOOTH_ERROR_TIMEOUT after so many seconds.
 */
gboolean booth_client_wait_end(booth_client *client, guint seconds, GError **error);

#endif
