/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Requests and their replies. */
#include "members.h"
#include "private.h"

/* The data of a call's task. */
struct pending {
    gint64 id;
    GSource *cancel; /* NULL: it cannot be cancelled */
    gboolean answered;
};

/* What a call that waits is waiting for. */
struct answer {
    gboolean there;
    JsonObject *reply;
    GError *error;
};

/* Objects that have not been made by booth_phone_open() and its like have no connection. */
static gboolean is_open(BoothPhone *phone, GError **error)
{
    if (phone->talk == NULL) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_CONNECT, "this object has no phone");
    }
    return phone->talk != NULL;
}

static void end_cancel(struct pending *pending)
{
    if (pending->cancel != NULL) {
        g_source_destroy(pending->cancel);
        g_clear_pointer(&pending->cancel, g_source_unref);
    }
}

static void pending_free(gpointer data)
{
    end_cancel(data);
    g_free(data);
}

static void on_reply(gpointer data, JsonObject *reply, const GError *error)
{
    GTask *task = data;
    struct pending *pending = g_task_get_task_data(task);

    pending->answered = TRUE;
    end_cancel(pending);
    phone_push(g_task_get_source_object(task), (struct item){
                                                   .task = g_object_ref(task),
                                                   .object = reply ? json_object_ref(reply) : NULL,
                                                   .error = error ? g_error_copy(error) : NULL,
                                               });
}

static void on_answer(gpointer data, JsonObject *reply, const GError *error)
{
    struct answer *answer = data;

    answer->there = TRUE;
    answer->reply = reply ? json_object_ref(reply) : NULL;
    answer->error = error ? g_error_copy(error) : NULL;
}

/* The caller's object stays as it is. */
static JsonObject *request_of(const char *verb, JsonObject *members)
{
    JsonObject *request = copy_of(members);

    json_object_set_string_member(request, "verb", verb);
    return request;
}

static gboolean wait_for(BoothPhone *phone, const gboolean *there, GCancellable *cancellable,
                         GError **error)
{
    while (!*there) {
        if (!talk_wait(phone->talk, cancellable, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

JsonObject *booth_phone_call(BoothPhone *phone, const char *verb, JsonObject *members,
                             GCancellable *cancellable, GError **error)
{
    struct answer answer = {0};

    g_return_val_if_fail(BOOTH_IS_PHONE(phone) && verb != NULL, NULL);
    if (g_cancellable_set_error_if_cancelled(cancellable, error) || !is_open(phone, error)) {
        return NULL;
    }
    g_autoptr(JsonObject) request = request_of(verb, members);
    gint64 id = talk_call(phone->talk, request, on_answer, &answer, NULL);
    if (!wait_for(phone, &answer.there, cancellable, error)) {
        talk_forget(phone->talk, id);
    }
    foreign_update(&phone->foreign, phone->talk);
    if (answer.error != NULL) {
        g_propagate_error(error, answer.error);
    }
    return answer.reply;
}

static gboolean on_cancelled(GCancellable *cancellable G_GNUC_UNUSED, gpointer data)
{
    g_autoptr(GTask) task = g_object_ref(data);
    struct pending *pending = g_task_get_task_data(task);
    BoothPhone *phone = g_task_get_source_object(task);

    if (!pending->answered) {
        end_cancel(pending);
        talk_forget(phone->talk, pending->id);
        g_task_return_error_if_cancelled(task);
    }
    return G_SOURCE_REMOVE;
}

static void watch_cancel(BoothPhone *phone, GTask *task, GCancellable *cancellable)
{
    struct pending *pending = g_task_get_task_data(task);

    if (cancellable != NULL) {
        pending->cancel = g_cancellable_source_new(cancellable);
        g_source_set_callback(pending->cancel, G_SOURCE_FUNC(on_cancelled), task, NULL);
        g_source_attach(pending->cancel, phone->context);
    }
}

void booth_phone_call_async(BoothPhone *phone, const char *verb, JsonObject *members,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_return_if_fail(BOOTH_IS_PHONE(phone) && verb != NULL);
    g_autoptr(GTask) task = g_task_new(phone, cancellable, callback, data);
    g_autoptr(JsonObject) request = request_of(verb, members);
    struct pending *pending = g_new0(struct pending, 1);
    GError *error = NULL;

    g_task_set_source_tag(task, booth_phone_call_async);
    g_task_set_task_data(task, pending, pending_free);
    if (g_task_return_error_if_cancelled(task)) {
        return;
    }
    if (!is_open(phone, &error)) {
        g_task_return_error(task, error);
        return;
    }
    if (talk_end(phone->talk) != NULL) {
        g_task_return_error(task, g_error_copy(talk_end(phone->talk)));
        return;
    }
    watch_cancel(phone, task, cancellable);
    pending->id = talk_call(phone->talk, request, on_reply, g_object_ref(task), g_object_unref);
    foreign_update(&phone->foreign, phone->talk);
}

JsonObject *booth_phone_call_finish(BoothPhone *phone, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, phone), NULL);
    return g_task_propagate_pointer(G_TASK(result), error);
}

/* The oldest event that is not delivered yet; NULL: there is none. */
static JsonObject *take_event(BoothPhone *phone)
{
    for (GList *each = phone->items.head; each != NULL; each = each->next) {
        struct item *item = each->data;
        if (item->task == NULL && item->object != NULL) {
            JsonObject *event = g_steal_pointer(&item->object);
            g_queue_delete_link(&phone->items, each);
            phone_item_free(item);
            return event;
        }
    }
    return NULL;
}

JsonObject *booth_phone_wait_event(BoothPhone *phone, GCancellable *cancellable, GError **error)
{
    JsonObject *event;

    g_return_val_if_fail(BOOTH_IS_PHONE(phone), NULL);
    if (!is_open(phone, error)) {
        return NULL;
    }
    while ((event = take_event(phone)) == NULL) {
        if (!talk_wait(phone->talk, cancellable, error)) {
            return NULL;
        }
    }
    foreign_update(&phone->foreign, phone->talk);
    return event;
}
