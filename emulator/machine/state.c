/* SPDX-License-Identifier: GPL-2.0-or-later */
/* QEMU, docs/devel/migration/mapped-ram.rst */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/qapi-commands-migration.h"
#include "qemu/timer.h"
#include "migration/migration.h"
#include "migration/misc.h"
#include "system/runstate.h"
#include "machine/call.h"
#include "machine/memory.h"
#include "machine/state.h"
#include "machine/writeback.h"

#define LOOK_MS 2 /* how often it is looked whether QEMU is done */

/* One save or load at a time. */
static struct {
    state_done_fn *done;
    void *opaque;
    char *path;
    QEMUTimer *timer;
    struct writeback *writeback; /* of a save */
} job;

static void look_again(void)
{
    timer_mod(job.timer, qemu_clock_get_ms(QEMU_CLOCK_REALTIME) + LOOK_MS);
}

static void begin(const char *path, QEMUTimerCB *look, state_done_fn *done, void *opaque)
{
    job.done = done;
    job.opaque = opaque;
    job.path = g_strdup(path);
    job.timer = timer_new_ms(QEMU_CLOCK_REALTIME, look, NULL);
}

static void finish(const char *error)
{
    timer_free(job.timer);
    if (job.writeback) {
        writeback_end(job.writeback);
        job.writeback = NULL;
    }
    g_clear_pointer(&job.path, g_free);
    job.done(job.opaque, error);
}

static void fail(Error *error)
{
    finish(error_get_pretty(error));
    error_free(error);
}

static const char *why_failed(void)
{
    const MigrationState *state = migrate_get_current();

    return state->error ? error_get_pretty(state->error) : "QEMU says no reason";
}

/*
 * A state of QEMU's migration comes before its thread has ended, which then sets what the machine
 * is: one that went on sooner would be taken for one that stands still.
 */
static void look_at_save(void *opaque)
{
    const MigrationState *state = migrate_get_current();

    if (state->to_dst_file) {
        look_again();
        return;
    }
    switch (state->state) {
    case MIGRATION_STATUS_COMPLETED:
        finish(NULL);
        break;
    case MIGRATION_STATUS_FAILED:
    case MIGRATION_STATUS_CANCELLED:
        finish(why_failed());
        break;
    default:
        look_again();
    }
}

void state_save(const char *path, state_done_fn *done, void *opaque)
{
    g_autofree char *uri = g_strconcat("file:", path, NULL);
    Error *error = NULL;

    begin(path, look_at_save, done, opaque);
    job.writeback = writeback_begin(path);
    vm_stop(RUN_STATE_PAUSED);
    qmp_migrate(uri, false, NULL, false, false, false, false, &error);
    if (error) {
        fail(error);
    } else {
        look_again();
    }
}

static void look_at_load(void *opaque)
{
    switch (migration_incoming_get_current()->state) {
    case MIGRATION_STATUS_COMPLETED:
        finish(NULL);
        break;
    case MIGRATION_STATUS_FAILED:
        finish(why_failed());
        break;
    default:
        look_again();
    }
}

static void load_bh(void *opaque)
{
    g_autofree char *uri = g_strconcat("file:", job.path, NULL);
    Error *error = NULL;

    memory_use_small_pages();
    qmp_migrate_incoming(uri, false, NULL, true, false, &error);
    if (error) {
        fail(error);
    } else {
        look_again();
    }
}

void state_load(const char *path, state_done_fn *done, void *opaque)
{
    begin(path, look_at_load, done, opaque);
    machine_call(load_bh, NULL);
}
