/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "sender.h"

static void on_done(gpointer data, JsonObject *reply, const GError *error)
{
    struct sender *sender = data;
    JsonObject *next = g_steal_pointer(&sender->next);

    sender->busy = FALSE;
    if (error != NULL) {
        g_clear_pointer(&next, json_object_unref);
    } else if (next != NULL) {
        sender_send(sender, next);
    } else if (sender->done != NULL) {
        sender->done(sender->data, reply);
    }
}

void sender_send(struct sender *sender, JsonObject *request)
{
    if (sender->busy) {
        g_clear_pointer(&sender->next, json_object_unref);
        sender->next = request;
    } else {
        sender->busy = panel_do(sender->panel, request, on_done, sender);
    }
}
