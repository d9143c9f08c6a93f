/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * QEMU's gdb server leaves the machine as it is when a debugger goes without a word: it stands
 * still, and breakpoints that nobody knows of stop it again. So what the server is told of its
 * connection is heard here first.
 */
#include "qemu/osdep.h"

#include "chardev/char-fe.h"
#include "exec/gdbstub.h"
#include "hw/core/cpu.h"
#include "machine/call.h"
#include "machine/debugger.h"
#include "machine/machine.h"
#include "qapi/error.h"
#include "system/cpus.h"
#include "system/runstate.h"

struct task {
    char *path;
    debugger_done_fn *done;
    void *opaque;
};

/* Machine's thread. */
static struct {
    bool watched;                /* on_state() is called */
    bool attached;               /* a debugger, by the socket of debugger_listen() */
    bool ran;                    /* the machine, when it came */
    IOEventHandler *server_hear; /* the gdb server's handler */
} debugger;

/* What the debugger left must not stop the machine any more, and a CPU that it held goes on. */
static void clean_up(void)
{
    CPUState *cpu;

    CPU_FOREACH (cpu) {
        cpu_breakpoint_remove_all(cpu, BP_GDB);
        cpu_watchpoint_remove_all(cpu, BP_GDB);
        cpu_single_step(cpu, 0);
    }
    if (runstate_is_running()) {
        resume_all_vcpus();
    } else if (debugger.ran) {
        machine_pause(false);
    }
}

static void let_go(void)
{
    if (debugger.attached) {
        debugger.attached = false;
        clean_up();
    }
}

static void hear(void *opaque, QEMUChrEvent event)
{
    if (event == CHR_EVENT_OPENED) {
        debugger.attached = true;
        debugger.ran = runstate_is_running();
    }
    debugger.server_hear(opaque, event);
    if (event == CHR_EVENT_CLOSED) {
        let_go();
    }
}

/* A CPU may have come to a breakpoint as the debugger went. */
static void on_state(void *opaque, bool running, RunState state)
{
    if (!running && state == RUN_STATE_DEBUG && !debugger.attached) {
        machine_pause(false);
    }
}

/* The name that gdbserver_start() gives it, also for --gdb. */
static Chardev *connection(void)
{
    return qemu_chr_find("gdb");
}

static void listen_for_events(void)
{
    CharBackend *end = connection()->be;

    debugger.server_hear = end->chr_event;
    end->chr_event = hear;
    if (!debugger.watched) {
        debugger.watched = true;
        qemu_add_vm_change_state_handler(on_state, NULL);
    }
}

/* As the value of an option of QEMU's: commas are doubled. */
static char *device_for(const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, ",", -1);
    g_autofree char *quoted = g_strjoinv(",,", parts);

    return g_strdup_printf("unix:%s,server=on,wait=off", quoted);
}

/* The server that there is has to end first: a second connection cannot have its name. */
static bool serve(const char *path, Error **error)
{
    if (connection() || !path) {
        if (!gdbserver_start("none", error)) {
            return false;
        }
        let_go();
    }
    if (!path) {
        return true;
    }
    g_autofree char *device = device_for(path);
    if (!gdbserver_start(device, error)) {
        return false;
    }
    listen_for_events();
    return true;
}

static void listen_there(void *opaque)
{
    struct task *task = opaque;
    Error *error = NULL;

    serve(task->path, &error);
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
