/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "link.h"

#include "talk_source.h"
#include "wire.h"

struct booth_link {
    struct talk *talk;
    GSource *source;
};

struct waiter {
    booth_reply_fn *done;
    gpointer data;
};

static void on_reply(gpointer data, JsonObject *reply, const GError *error)
{
    const struct waiter *waiter = data;

    if (waiter->done != NULL) {
        waiter->done(waiter->data, reply, error);
    }
}

void booth_link_call(booth_link *link, JsonObject *request, booth_reply_fn *done, gpointer data)
{
    struct waiter *waiter = g_new(struct waiter, 1);

    *waiter = (struct waiter){done, data};
    talk_call(link->talk, request, on_reply, waiter, g_free);
}

booth_link *booth_link_new(const char *path, const struct booth_link_events *events, GError **error)
{
    GSocketConnection *connection = wire_connect(path, error);

    if (connection == NULL) {
        return NULL;
    }
    booth_link *link = g_new(booth_link, 1);
    link->talk =
        talk_new(connection, &(struct talk_hooks){events->event, events->closed, events->data});
    link->source = talk_source_attach(link->talk);
    return link;
}

void booth_link_free(booth_link *link)
{
    if (link != NULL) {
        g_source_destroy(link->source);
        g_source_unref(link->source);
        talk_free(link->talk);
        g_free(link);
    }
}
