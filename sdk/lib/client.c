/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "process.h"
#include "talk.h"
#include "wire.h"

struct booth_client {
    struct talk *talk;
    GQueue events;         /* JsonObject, oldest first */
    booth_event_fn *watch; /* NULL: events are kept */
    gpointer watch_data;
};

/* What a call waits for. */
struct answer {
    gboolean there;
    JsonObject *reply;
    GError *error;
};

static void on_event(gpointer data, JsonObject *event)
{
    booth_client *client = data;

    if (client->watch != NULL) {
        client->watch(client->watch_data, event);
    } else {
        g_queue_push_tail(&client->events, json_object_ref(event));
    }
}

static void on_closed(gpointer data G_GNUC_UNUSED, const GError *why G_GNUC_UNUSED)
{
}

static void on_reply(gpointer data, JsonObject *reply, const GError *error)
{
    struct answer *answer = data;

    answer->there = TRUE;
    answer->reply = reply ? json_object_ref(reply) : NULL;
    answer->error = error ? g_error_copy(error) : NULL;
}

booth_client *booth_client_new(const char *path, GError **error)
{
    GSocketConnection *connection = wire_connect(path, error);

    if (connection == NULL) {
        return NULL;
    }
    booth_client *client = g_new0(booth_client, 1);
    client->talk = talk_new(connection, &(struct talk_hooks){on_event, on_closed, client});
    g_queue_init(&client->events);
    return client;
}

void booth_client_free(booth_client *client)
{
    if (client == NULL) {
        return;
    }
    talk_free(client->talk);
    g_queue_clear_full(&client->events, (GDestroyNotify)json_object_unref);
    g_free(client);
}

void booth_client_watch(booth_client *client, booth_event_fn *watch, gpointer data)
{
    client->watch = watch;
    client->watch_data = data;
}

JsonObject *booth_client_call(booth_client *client, JsonObject *request, GError **error)
{
    struct answer answer = {0};

    talk_call(client->talk, request, on_reply, &answer, NULL);
    while (!answer.there) {
        if (!talk_wait(client->talk, NULL, error)) {
            return NULL;
        }
    }
    if (answer.error != NULL) {
        g_propagate_error(error, answer.error);
    }
    return answer.reply;
}

JsonObject *booth_client_event(booth_client *client, GError **error)
{
    while (g_queue_is_empty(&client->events)) {
        if (!talk_wait(client->talk, NULL, error)) {
            return NULL;
        }
    }
    return g_queue_pop_head(&client->events);
}

gboolean booth_client_wait_end(booth_client *client, guint seconds, GError **error)
{
    pid_t pid = talk_peer(client->talk);

    while (talk_wait(client->talk, NULL, NULL)) {
        /* the connection closes when the disks are flushed */
    }
    return process_wait_end(pid, seconds, NULL, error);
}
