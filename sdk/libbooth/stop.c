/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "../lib/process.h"
#include "private.h"
#include "start.h"

/* From the phone's answer to the end of its process: a slow disk has gigabytes to write. */
enum { END_SECONDS = 180 };

gboolean booth_phone_stop(BoothPhone *phone, JsonObject *options, GCancellable *cancellable,
                          GError **error)
{
    g_return_val_if_fail(BOOTH_IS_PHONE(phone), FALSE);
    pid_t pid = phone_pid(phone);
    g_autoptr(JsonObject) reply = booth_phone_call(phone, "quit", options, cancellable, error);

    return reply != NULL && process_wait_end(pid, END_SECONDS, cancellable, error);
}

/* In a thread of its own; the task's data is the process id. */
static void wait_end(GTask *task, gpointer phone, gpointer data, GCancellable *cancellable)
{
    GError *error = NULL;

    if (process_wait_end(GPOINTER_TO_INT(data), END_SECONDS, cancellable, &error)) {
        g_task_return_boolean(task, TRUE);
    } else {
        g_task_return_error(task, error);
    }
    phone_wake(phone);
}

static void on_quit(GObject *phone, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;
    g_autoptr(JsonObject) reply = booth_phone_call_finish(BOOTH_PHONE(phone), result, &error);

    if (reply == NULL) {
        g_task_return_error(task, error);
    } else {
        g_task_run_in_thread(task, wait_end);
    }
}

void booth_phone_stop_async(BoothPhone *phone, JsonObject *options, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    g_return_if_fail(BOOTH_IS_PHONE(phone));
    GTask *task = g_task_new(phone, cancellable, callback, data);

    g_task_set_source_tag(task, booth_phone_stop_async);
    g_task_set_task_data(task, GINT_TO_POINTER(phone_pid(phone)), NULL);
    booth_phone_call_async(phone, "quit", options, cancellable, on_quit, task);
}

gboolean booth_phone_stop_finish(BoothPhone *phone, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, phone), FALSE);
    return g_task_propagate_boolean(G_TASK(result), error);
}
