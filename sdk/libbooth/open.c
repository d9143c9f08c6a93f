/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* From a name to a connection. */
#include <gio/gunixsocketaddress.h>
#include <string.h>

#include "../lib/wire.h"
#include "names.h"
#include "private.h"

BoothPhone *booth_phone_open_path(const char *path, GCancellable *cancellable, GError **error)
{
    g_return_val_if_fail(path != NULL, NULL);
    if (g_cancellable_set_error_if_cancelled(cancellable, error)) {
        return NULL;
    }
    GSocketConnection *connection = wire_connect(path, error);
    return connection ? phone_new(connection, path) : NULL;
}

BoothPhone *booth_phone_open(const char *name, GCancellable *cancellable, GError **error)
{
    if (!name_check(name, error)) {
        return NULL;
    }
    g_autofree char *path = booth_socket_path(name);
    return booth_phone_open_path(path, cancellable, error);
}

/* The task's data is the socket's path. */
static void on_connected(GObject *client, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;
    GSocketConnection *connection =
        g_socket_client_connect_finish(G_SOCKET_CLIENT(client), result, &error);

    if (connection != NULL) {
        g_task_return_pointer(task, phone_new(connection, g_task_get_task_data(task)),
                              g_object_unref);
    } else {
        wire_explain_connect(&error, g_task_get_task_data(task));
        g_task_return_error(task, error);
    }
}

void booth_phone_open_async(const char *name, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(NULL, cancellable, callback, data);
    g_autoptr(GSocketClient) client = g_socket_client_new();
    char *path = booth_socket_path(name);
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new(path);
    GError *error = NULL;

    g_task_set_source_tag(task, booth_phone_open_async);
    g_task_set_task_data(task, path, g_free);
    if (!name_check(name, &error)) {
        g_task_return_error(task, error);
        return;
    }
    g_socket_client_connect_async(client, G_SOCKET_CONNECTABLE(address), cancellable, on_connected,
                                  g_object_ref(task));
}

BoothPhone *booth_phone_open_finish(GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, NULL), NULL);
    return g_task_propagate_pointer(G_TASK(result), error);
}
