/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <gio/gio.h>

#include "snapshot/bundle.h"
#include "snapshot/snapshots.h"

struct carry {
    struct snapshots *snapshots;
    bool in;
    char *name, *file;
    snapshots_done_fn *done;
    void *opaque;
};

static void on_carried(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    struct carry *carry = data;
    g_autoptr(GError) error = NULL;

    g_task_propagate_boolean(G_TASK(result), &error);
    carry->snapshots->workers--;
    carry->done(carry->opaque, error);
    g_free(carry->name);
    g_free(carry->file);
    g_free(carry);
}

/* A worker. */
static void run(GTask *task, gpointer source G_GNUC_UNUSED, gpointer data,
                GCancellable *cancellable G_GNUC_UNUSED)
{
    const struct carry *carry = data;
    GError *error = NULL;
    bool done = (carry->in ? bundle_import : bundle_export)(&carry->snapshots->store,
                                                            carry->snapshots->config.handset,
                                                            carry->name, carry->file, &error);

    if (done) {
        g_task_return_boolean(task, TRUE);
    } else {
        g_task_return_error(task, error);
    }
}

static void start(struct carry carry)
{
    struct carry *copy = g_new(struct carry, 1);
    g_autoptr(GTask) task = g_task_new(NULL, NULL, on_carried, copy);

    *copy = carry;
    copy->name = g_strdup(carry.name);
    copy->file = g_strdup(carry.file);
    copy->snapshots->workers++;
    g_task_set_task_data(task, copy, NULL);
    g_task_run_in_thread(task, run);
}

void snapshots_export(struct snapshots *snapshots, const char *name, const char *file,
                      snapshots_done_fn *done, void *opaque)
{
    start((struct carry){snapshots, false, (char *)name, (char *)file, done, opaque});
}

void snapshots_import(struct snapshots *snapshots, const char *name, const char *file,
                      snapshots_done_fn *done, void *opaque)
{
    if (snapshots->config.trial) {
        g_autoptr(GError) error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_BUSY,
                                                      "a phone that is only tried changes nothing");
        done(opaque, error);
        return;
    }
    start((struct carry){snapshots, true, (char *)name, (char *)file, done, opaque});
}
