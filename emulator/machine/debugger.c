/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"

#include "exec/gdbstub.h"
#include "machine/call.h"
#include "machine/debugger.h"
#include "qapi/error.h"

struct task {
    char *path;
    debugger_done_fn *done;
    void *opaque;
};

/* As the value of an option of QEMU's: commas are doubled. */
static char *device_for(const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, ",", -1);
    g_autofree char *quoted = g_strjoinv(",,", parts);

    return g_strdup_printf("unix:%s,server=on,wait=off", quoted);
}

static void listen_there(void *opaque)
{
    struct task *task = opaque;
    g_autofree char *device = task->path ? device_for(task->path) : g_strdup("none");
    Error *error = NULL;

    gdbserver_start(device, &error);
    task->done(task->opaque, error ? error_get_pretty(error) : NULL);
    error_free(error);
    g_free(task->path);
    g_free(task);
}

void debugger_listen(const char *path, debugger_done_fn *done, void *opaque)
{
    struct task *task = g_new(struct task, 1);

    *task = (struct task){.path = g_strdup(path), .done = done, .opaque = opaque};
    machine_call(listen_there, task);
}
