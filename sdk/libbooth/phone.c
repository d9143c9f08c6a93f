/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "private.h"

#include "../lib/talk_source.h"

G_DEFINE_FINAL_TYPE(BoothPhone, booth_phone, G_TYPE_OBJECT)

guint phone_signals[SIGNALS];

static void on_event(gpointer data, JsonObject *event)
{
    phone_push(data, (struct item){.object = json_object_ref(event)});
}

static void on_closed(gpointer data, const GError *why)
{
    phone_push(data, (struct item){.error = g_error_copy(why)});
}

const char *booth_phone_get_path(BoothPhone *phone)
{
    g_return_val_if_fail(BOOTH_IS_PHONE(phone), NULL);
    return phone->path;
}

int booth_phone_get_fd(BoothPhone *phone)
{
    g_return_val_if_fail(BOOTH_IS_PHONE(phone) && phone->talk != NULL, -1);
    int fd = foreign_fd(&phone->foreign, phone->talk);
    if (!g_queue_is_empty(&phone->items)) {
        foreign_wake(&phone->foreign);
    }
    return fd;
}

void booth_phone_dispatch(BoothPhone *phone)
{
    g_return_if_fail(BOOTH_IS_PHONE(phone));
    g_object_ref(phone);
    foreign_rest(&phone->foreign);
    while (g_main_context_iteration(phone->context, FALSE)) {
    }
    if (phone->talk != NULL) {
        foreign_update(&phone->foreign, phone->talk);
    }
    g_object_unref(phone);
}

pid_t phone_pid(BoothPhone *phone)
{
    return phone->talk ? talk_peer(phone->talk) : -1;
}

void phone_wake(BoothPhone *phone)
{
    foreign_wake(&phone->foreign);
}

BoothPhone *phone_new(GSocketConnection *connection, const char *path)
{
    BoothPhone *phone = g_object_new(BOOTH_TYPE_PHONE, NULL);

    phone->path = g_strdup(path);
    phone->talk = talk_new(connection, &(struct talk_hooks){on_event, on_closed, phone});
    phone->io = talk_source_attach(phone->talk);
    return phone;
}

static void booth_phone_dispose(GObject *object)
{
    BoothPhone *phone = BOOTH_PHONE(object);

    if (phone->io != NULL) {
        g_source_destroy(phone->io);
        g_clear_pointer(&phone->io, g_source_unref);
    }
    g_clear_pointer(&phone->talk, talk_free);
    phone_stop_delivery(phone);
    g_queue_clear_full(&phone->items, (GDestroyNotify)phone_item_free);
    foreign_clear(&phone->foreign);
    G_OBJECT_CLASS(booth_phone_parent_class)->dispose(object);
}

static void booth_phone_finalize(GObject *object)
{
    BoothPhone *phone = BOOTH_PHONE(object);

    g_free(phone->path);
    g_main_context_unref(phone->context);
    G_OBJECT_CLASS(booth_phone_parent_class)->finalize(object);
}

static void booth_phone_class_init(BoothPhoneClass *class)
{
    GObjectClass *object = G_OBJECT_CLASS(class);
    GType type = G_TYPE_FROM_CLASS(class);

    object->dispose = booth_phone_dispose;
    object->finalize = booth_phone_finalize;
    phone_signals[SIGNAL_EVENT] =
        g_signal_new("event", type, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL, NULL,
                     G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
    phone_signals[SIGNAL_CLOSED] = g_signal_new("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void booth_phone_init(BoothPhone *phone)
{
    phone->context = g_main_context_ref_thread_default();
    g_queue_init(&phone->items);
}
