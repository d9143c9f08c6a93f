/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "hw/phonebooth/uplink.h"
#include "qapi/error.h"
#include "qapi/qapi-commands-misc.h"
#include "qom/object.h"
#include "qom/object_interfaces.h"
#include "machine/call.h"
#include "machine/network.h"

/* One call on its way to the machine's thread. */
struct task {
    unsigned line, host_port, port;
    bool on;
    UplinkShape shape;
    char *file;
    network_done_fn *done;
    network_counts_fn *counts;
    void *opaque;
};

static void task_free(struct task *task)
{
    g_free(task->file);
    g_free(task);
}

static UplinkWay way_of(const struct network_way *way)
{
    return (UplinkWay){way->rate, way->delay_us, way->jitter_us, way->loss};
}

static void shape(void *opaque)
{
    struct task *task = opaque;

    uplink_shape(task->line, &task->shape);
    task_free(task);
}

void network_shape(unsigned line, bool up, const struct network_way *in,
                   const struct network_way *out)
{
    struct task *task = g_new(struct task, 1);

    *task = (struct task){.line = line, .shape = {up, way_of(in), way_of(out)}};
    machine_call(shape, task);
}

static void count(void *opaque)
{
    struct task *task = opaque;
    UplinkCounts c = {0};

    uplink_count(task->line, &c);
    task->counts(task->opaque, &(struct network_counts){c.frames_to, c.bytes_to, c.frames_from,
                                                        c.bytes_from, c.lost});
    task_free(task);
}

void network_count(unsigned line, network_counts_fn *counts, void *opaque)
{
    struct task *task = g_new(struct task, 1);

    *task = (struct task){.line = line, .counts = counts, .opaque = opaque};
    machine_call(count, task);
}

/* QEMU has the forwarding of ports for its human monitor only: what that says is an error. */
static void forward(void *opaque)
{
    struct task *task = opaque;
    g_autofree char *rule = g_strdup_printf(task->on ? "hostfwd_add vm%u tcp:127.0.0.1:%u-:%u"
                                                     : "hostfwd_remove vm%u tcp:127.0.0.1:%u",
                                            task->line, task->host_port, task->port);
    Error *error = NULL;
    g_autofree char *said = qmp_human_monitor_command(rule, false, 0, &error);

    if (error) {
        task->done(task->opaque, error_get_pretty(error));
        error_free(error);
    } else if (task->on && said[0]) {
        task->done(task->opaque, g_strchomp(said));
    } else {
        task->done(task->opaque, NULL);
    }
    task_free(task);
}

void network_forward(unsigned line, unsigned host_port, unsigned port, bool on,
                     network_done_fn *done, void *opaque)
{
    struct task *task = g_new(struct task, 1);

    *task = (struct task){.line = line,
                          .host_port = host_port,
                          .port = port,
                          .on = on,
                          .done = done,
                          .opaque = opaque};
    machine_call(forward, task);
}

static void capture(void *opaque)
{
    struct task *task = opaque;
    g_autofree char *id = g_strdup_printf("capture%u", task->line);
    g_autofree char *netdev = g_strdup_printf("vm%u", task->line);
    Error *error = NULL;

    if (task->file) {
        object_new_with_props("filter-dump", object_get_objects_root(), id, &error, "netdev",
                              netdev, "file", task->file, NULL);
    } else {
        user_creatable_del(id, &error);
    }
    task->done(task->opaque, error ? error_get_pretty(error) : NULL);
    error_free(error);
    task_free(task);
}

void network_capture(unsigned line, const char *file, network_done_fn *done, void *opaque)
{
    struct task *task = g_new(struct task, 1);

    *task = (struct task){.line = line, .file = g_strdup(file), .done = done, .opaque = opaque};
    machine_call(capture, task);
}
