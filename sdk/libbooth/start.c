/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "start.h"

#include <signal.h>
#include <string.h>

#include "../lib/beside.h"
#include "../lib/booth.h"
#include "names.h"
#include "private.h"

/* `booth run`, which says on stderr what is wrong. */
static GSubprocess *spawn(const char *name, const char *const *arguments, GError **error)
{
    g_autofree char *booth = beside_find("booth");
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();

    if (!name_check(name, error)) {
        return NULL;
    }
    if (booth == NULL) {
        g_set_error_literal(error, BOOTH_ERROR, BOOTH_ERROR_IO,
                            "the program 'booth' is not in PATH: install Phonebooth");
        return NULL;
    }
    g_strv_builder_add_many(words, booth, "--name", name ? name : "default", "run", "--background",
                            "--", NULL);
    for (; arguments != NULL && *arguments != NULL; arguments++) {
        g_strv_builder_add(words, *arguments);
    }
    g_auto(GStrv) line = g_strv_builder_end(words);
    return g_subprocess_newv((const char *const *)line,
                             G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                             error);
}

static BoothError code_of(int status)
{
    static const BoothError codes[] = {
        [1] = BOOTH_ERROR_REFUSED,
        [2] = BOOTH_ERROR_BAD_REQUEST,
        [3] = BOOTH_ERROR_CONNECT,
        [4] = BOOTH_ERROR_TIMEOUT,
    };

    return status > 0 && status < (int)G_N_ELEMENTS(codes) ? codes[status] : BOOTH_ERROR_IO;
}

/* Whether the phone has started; else what booth has said, as one line. */
static gboolean has_started(GSubprocess *booth, char *said, GError **error)
{
    gboolean exited = g_subprocess_get_if_exited(booth);
    int status = exited ? g_subprocess_get_exit_status(booth) : -1;

    if (status == 0) {
        return TRUE;
    }
    g_strdelimit(g_strstrip(said), "\n", ' ');
    g_set_error(error, BOOTH_ERROR, (gint)code_of(status), "%s",
                g_str_has_prefix(said, "booth: ") ? said + strlen("booth: ") : said);
    return FALSE;
}

BoothPhone *booth_phone_start(const char *name, const char *const *arguments,
                              GCancellable *cancellable, GError **error)
{
    g_autoptr(GSubprocess) booth = spawn(name, arguments, error);
    g_autofree char *said = NULL;

    if (booth == NULL) {
        return NULL;
    }
    if (!g_subprocess_communicate_utf8(booth, NULL, cancellable, NULL, &said, error)) {
        g_subprocess_send_signal(booth, SIGTERM); /* it ends what it has begun */
        g_subprocess_wait(booth, NULL, NULL);
        return NULL;
    }
    return has_started(booth, said, error) ? booth_phone_open(name, cancellable, error) : NULL;
}

/* The task's data is why `booth run` was told to end. */
static void on_ended(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;

    g_subprocess_wait_finish(G_SUBPROCESS(source), result, NULL);
    g_task_return_error(task, g_error_copy(g_task_get_task_data(task)));
}

/* It ends what it has begun: until then the phone of that name may still answer. */
static void end_start(GSubprocess *booth, GTask *task, GError *why)
{
    g_task_set_task_data(task, why, (GDestroyNotify)g_error_free);
    g_subprocess_send_signal(booth, SIGTERM);
    g_subprocess_wait_async(booth, NULL, on_ended, g_object_ref(task));
}

/* The task's data is the phone's name. */
static void on_said(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GSubprocess *booth = G_SUBPROCESS(source);
    g_autofree char *said = NULL;
    GError *error = NULL;

    if (!g_subprocess_communicate_utf8_finish(booth, result, NULL, &said, &error)) {
        end_start(booth, task, error);
        return;
    }
    BoothPhone *phone =
        has_started(booth, said, &error)
            ? booth_phone_open(g_task_get_task_data(task), g_task_get_cancellable(task), &error)
            : NULL;
    if (phone != NULL) {
        g_task_return_pointer(task, phone, g_object_unref);
    } else {
        g_task_return_error(task, error);
    }
}

void booth_phone_start_async(const char *name, const char *const *arguments,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(NULL, cancellable, callback, data);
    GError *error = NULL;
    g_autoptr(GSubprocess) booth = spawn(name, arguments, &error);

    g_task_set_source_tag(task, booth_phone_start_async);
    g_task_set_task_data(task, g_strdup(name), g_free);
    if (booth == NULL) {
        g_task_return_error(task, error);
    } else {
        g_subprocess_communicate_utf8_async(booth, NULL, cancellable, on_said, g_object_ref(task));
    }
}

BoothPhone *booth_phone_start_finish(GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, NULL), NULL);
    return g_task_propagate_pointer(G_TASK(result), error);
}
