/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What has come goes to the program. */
#include "private.h"

void phone_item_free(struct item *item)
{
    g_clear_object(&item->task);
    g_clear_pointer(&item->object, json_object_unref);
    g_clear_error(&item->error);
    g_free(item);
}

static void deliver(BoothPhone *phone, struct item *item)
{
    if (item->task != NULL) {
        if (item->error != NULL) {
            g_task_return_error(item->task, g_steal_pointer(&item->error));
        } else {
            g_task_return_pointer(item->task, g_steal_pointer(&item->object),
                                  (GDestroyNotify)json_object_unref);
        }
    } else if (item->object != NULL) {
        const char *name = json_object_get_string_member_with_default(item->object, "event", "");
        GQuark detail = g_quark_try_string(name); /* 0: nobody asks for that one */
        g_signal_emit(phone, phone_signals[SIGNAL_EVENT], detail, item->object);
    } else {
        g_signal_emit(phone, phone_signals[SIGNAL_CLOSED], 0, item->error);
    }
}

void phone_stop_delivery(BoothPhone *phone)
{
    if (phone->idle != NULL) {
        g_source_destroy(phone->idle);
        g_clear_pointer(&phone->idle, g_source_unref);
    }
    foreign_rest(&phone->foreign);
}

static gboolean on_idle(gpointer data)
{
    g_autoptr(BoothPhone) phone = g_object_ref(data);
    struct item *item = g_queue_pop_head(&phone->items);

    if (item != NULL) {
        deliver(phone, item);
        phone_item_free(item);
    }
    if (g_queue_is_empty(&phone->items)) {
        phone_stop_delivery(phone);
        return G_SOURCE_REMOVE;
    }
    return G_SOURCE_CONTINUE;
}

void phone_push(BoothPhone *phone, struct item item)
{
    g_queue_push_tail(&phone->items, g_memdup2(&item, sizeof(item)));
    if (phone->idle == NULL) {
        phone->idle = g_idle_source_new();
        g_source_set_priority(phone->idle, G_PRIORITY_DEFAULT);
        g_source_set_can_recurse(phone->idle, TRUE); /* a callback may run a loop of its own */
        g_source_set_callback(phone->idle, on_idle, phone, NULL);
        g_source_attach(phone->idle, phone->context);
    }
    foreign_wake(&phone->foreign);
}
