/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "qemu-main.h"
#include "qapi/error.h"
#include "qapi/qapi-commands-misc.h"
#include "qemu/main-loop.h"
#include "qemu/thread.h"
#include "qemu/timer.h"
#include "system/replay.h"
#include "system/runstate.h"
#include "system/system.h"
#include "machine/lockstep.h"
#include "machine/machine.h"
#include "machine/panel.h"
#include "machine/scanout.h"

static QemuThread thread;
static int exit_status;
static struct machine_events listener;
static bool held; /* by lockstep_hold() */

static void on_state(void *opaque, bool running, RunState state)
{
    if (state != RUN_STATE_INMIGRATE) { /* it neither runs nor was paused: it has no state yet */
        listener.running(listener.opaque, running && !held);
    }
}

static void set_held(bool hold)
{
    held = hold;
    on_state(NULL, runstate_is_running(), runstate_get());
}

void machine_init(char **argv, struct screen *screen, const struct machine_events *events)
{
    listener = *events;
    machine_call_init();
    qemu_init((int)g_strv_length(argv), argv);
    /* QEMU's locks are held by this thread from here to machine_start() */
    panel_attach();
    lockstep_save_clock();
    qemu_add_vm_change_state_handler(on_state, NULL);
    on_state(NULL, runstate_is_running(), runstate_get());
    scanout_attach(screen);
}

static void *run(void *opaque)
{
    replay_mutex_lock();
    bql_lock();
    exit_status = qemu_main_loop();
    lockstep_end();
    qemu_cleanup(exit_status);
    bql_unlock();
    replay_mutex_unlock();
    listener.stopped(listener.opaque, exit_status);
    return NULL;
}

void machine_start(void)
{
    bql_unlock();
    replay_mutex_unlock();
    qemu_thread_create(&thread, "machine", run, NULL, QEMU_THREAD_JOINABLE);
}

int machine_join(void)
{
    qemu_thread_join(&thread);
    return exit_status;
}

void machine_quit(void)
{
    qemu_system_shutdown_request(SHUTDOWN_CAUSE_HOST_UI);
}

static void pause_bh(void *opaque)
{
    vm_stop(RUN_STATE_PAUSED);
}

static void hold_bh(void *opaque)
{
    if (lockstep_hold(true)) {
        set_held(true);
    } else {
        pause_bh(NULL);
    }
}

/* After its state was saved or loaded, QEMU has to take hold of the disks again. */
static void resume_bh(void *opaque)
{
    Error *error = NULL;

    if (held) {
        lockstep_hold(false);
        set_held(false);
    }
    if (!runstate_is_running() && !runstate_needs_reset() && !runstate_check(RUN_STATE_INMIGRATE)) {
        qmp_cont(&error);
    }
    if (error) {
        error_reportf_err(error, "phonebooth: the machine cannot go on: ");
    }
}

void machine_pause(bool pause)
{
    machine_call(pause ? pause_bh : resume_bh, NULL);
}

void machine_hold(void)
{
    machine_call(hold_bh, NULL);
}

int64_t machine_clock_ns(void)
{
    return qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
}
