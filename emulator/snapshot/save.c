/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Saving goes back and forth between the phone's thread, which knows what to write, and the
 * machine's thread, which stops, freezes disks and writes its state.
 */
#include <gio/gio.h>

#include "machine/disk.h"
#include "machine/machine.h"
#include "machine/scanout.h"
#include "machine/state.h"
#include "snapshot/describe.h"
#include "snapshot/keep.h"
#include "snapshot/snapshots.h"

#define LOOK_MS  10      /* how often it is looked whether keys have arrived */
#define QUIET_US 1000000 /* how long they may take */

struct save {
    struct snapshots *snapshots;
    char *name;
    enum snapshots_then then;
    snapshots_done_fn *done;
    void *opaque;
    gint64 begun_us, still_us; /* when it was asked for; since when the machine stands still */
    bool was_running;
    char *dir;                     /* in which it is made; NULL before it is there */
    char *layer[HANDSET_MAX_EMMC]; /* paths of the new layers; NULL: that disk has none */
    struct snapshot_header *header;
    struct keep keep;
    GError *error;
};

static void free_save(struct save *save)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        g_free(save->layer[i]);
    }
    header_free(save->header);
    g_clear_error(&save->error);
    keep_clear(&save->keep);
    g_free(save->dir);
    g_free(save->name);
    g_free(save);
}

/* Phone's thread: the end, well or not. */
static void finish(struct save *save)
{
    struct snapshots *snapshots = save->snapshots;

    snapshots->save = NULL;
    if (save->dir && save->error) {
        store_abandon(save->dir);
    }
    save->done(save->opaque, save->error);
    free_save(save);
}

/* Machine's thread. */
static void join_layers(void *opaque G_GNUC_UNUSED)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        disk_join_layers(i);
    }
}

static void go_on(struct save *save)
{
    if (save->was_running && (save->then == SNAPSHOTS_GO_ON || save->error)) {
        machine_pause(false);
    }
}

static void on_committed(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    struct save *save = data;
    struct snapshots *snapshots = save->snapshots;

    g_task_propagate_boolean(G_TASK(result), &save->error);
    if (!save->error && save->then == SNAPSHOTS_STOP) {
        g_free(snapshots->present.resume);
        snapshots->present.resume = g_strdup(save->name);
        present_write(&snapshots->present, &snapshots->store, &save->error);
    }
    if (save->then == SNAPSHOTS_STOP) {
        go_on(save);
    } else if (!save->error) {
        machine_call(join_layers, NULL);
    }
    finish(save);
}

/* A worker: flushing takes its time. */
static void commit(GTask *task, gpointer source G_GNUC_UNUSED, gpointer data,
                   GCancellable *cancellable G_GNUC_UNUSED)
{
    struct save *save = data;
    GError *error = NULL;

    keep_finish(&save->keep, save->name, save->dir);
    if (store_commit(&save->snapshots->store, save->dir, save->name, &error)) {
        g_task_return_boolean(task, TRUE);
    } else {
        g_task_return_error(task, error);
    }
}

/* Phone's thread: the machine's state is written, or that failed. */
static gboolean take_state(gpointer data)
{
    struct save *save = data;
    const struct snapshots_config *config = &save->snapshots->config;

    if (save->error || !describe_phone(save->header, config, save->dir, &save->error)) {
        keep_abandon(&save->keep);
        go_on(save);
        finish(save);
        return G_SOURCE_REMOVE;
    }
    if (save->then == SNAPSHOTS_GO_ON) {
        go_on(save);
    }
    g_printerr("phonebooth: snapshot '%s': written after %.2f s\n", save->name,
               (double)(g_get_monotonic_time() - save->still_us) / 1e6);
    g_autoptr(GTask) task = g_task_new(NULL, NULL, on_committed, save);
    g_task_set_task_data(task, save, NULL);
    g_task_run_in_thread(task, commit);
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void on_state_saved(void *opaque, const char *error)
{
    struct save *save = opaque;

    if (error) {
        save->error = g_error_new(G_IO_ERROR, G_IO_ERROR_FAILED, "the machine's state: %s", error);
    } else {
        keep_begin(&save->keep, save->name, header_program(save->header));
    }
    phone_invoke(save->snapshots->config.phone, take_state, save);
}

/* Phone's thread: a disk is still what it was; so the phone as it is has to say. */
static gboolean take_back(gpointer data)
{
    struct save *save = data;
    struct snapshots *snapshots = save->snapshots;

    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        if (save->layer[i]) {
            g_free(snapshots->present.layer[i]);
            snapshots->present.layer[i] = g_strdup(save->header->layer[i]);
        }
    }
    present_write(&snapshots->present, &snapshots->store, NULL);
    return take_state(save);
}

/* Machine's thread: false if a disk does not take its layer; save->layer are those that did not. */
static bool advance_disks(struct save *save)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        g_autofree char *why = save->layer[i] ? disk_advance(i, save->layer[i]) : NULL;
        if (why) {
            save->error = g_error_new(G_IO_ERROR, G_IO_ERROR_FAILED, "disk %u: %s", i, why);
            return false;
        }
        g_clear_pointer(&save->layer[i], g_free);
    }
    return true;
}

/* Machine's thread: the screen is up to date. */
static void write_state(void *opaque)
{
    struct save *save = opaque;
    g_autofree char *path = g_build_filename(save->dir, STORE_STATE, NULL);

    disk_settle();
    if (advance_disks(save)) {
        state_save(path, on_state_saved, save);
    } else {
        phone_invoke(save->snapshots->config.phone, take_back, save);
    }
}

static bool add_layers(struct save *save)
{
    struct snapshots *snapshots = save->snapshots;

    if (!present_advance(&snapshots->present, &snapshots->store, snapshots->config.handset, NULL,
                         &save->error)) {
        return false;
    }
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        if (snapshots->present.layer[i]) {
            save->layer[i] =
                g_build_filename(snapshots->store.disks, snapshots->present.layer[i], NULL);
        }
    }
    return true;
}

static bool make_ready(struct save *save)
{
    struct snapshots *snapshots = save->snapshots;

    save->header = g_new0(struct snapshot_header, 1);
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        save->header->layer[i] = g_strdup(snapshots->present.layer[i]);
    }
    save->header->images = identity_read(snapshots->identity, &save->error);
    save->dir = save->header->images ? store_begin(&snapshots->store, &save->error) : NULL;
    return save->dir && (snapshots_is_quick(save->name) || add_layers(save));
}

/* Phone's thread: the machine stands still, and everything that it has written is in its files. */
static gboolean take_still(gpointer data)
{
    struct save *save = data;

    if (!make_ready(save)) {
        go_on(save);
        finish(save);
    } else {
        scanout_refresh(write_state, save);
    }
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void on_still(void *opaque)
{
    struct save *save = opaque;

    phone_invoke(save->snapshots->config.phone, take_still, save);
}

/* Phone's thread: what was held down has been let go of, and the guests have been told. */
static gboolean when_quiet(gpointer data)
{
    struct save *save = data;
    struct phone *phone = save->snapshots->config.phone;

    if (service_waiting(phone->service) > 0 && g_get_monotonic_time() - save->begun_us < QUIET_US) {
        return G_SOURCE_CONTINUE;
    }
    save->still_us = g_get_monotonic_time();
    machine_pause(true);
    machine_call(on_still, save);
    return G_SOURCE_REMOVE;
}

static const char *why_not(const struct snapshots *snapshots)
{
    const struct phone *phone = snapshots->config.phone;

    if (snapshots->config.trial) {
        return "this phone is only tried: its disks are thrown away, and nothing can be saved";
    }
    if (snapshots->save) {
        return "a snapshot is being saved already";
    }
    if (phone->machine != MACHINE_RUNNING && phone->machine != MACHINE_PAUSED) {
        return "the machine does not run yet, or any more";
    }
    return trouble_waits(&phone->trouble) ? "data waits for room on the host's disk" : NULL;
}

void snapshots_save(struct snapshots *snapshots, const char *name, enum snapshots_then then,
                    snapshots_done_fn *done, void *opaque)
{
    const char *why = why_not(snapshots);
    struct save *save;

    if (why) {
        g_autoptr(GError) error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_BUSY, why);
        done(opaque, error);
        return;
    }
    save = g_new0(struct save, 1);
    *save = (struct save){.snapshots = snapshots,
                          .name = g_strdup(name),
                          .then = then,
                          .done = done,
                          .opaque = opaque,
                          .begun_us = g_get_monotonic_time()};
    save->was_running = snapshots->config.phone->machine == MACHINE_RUNNING;
    snapshots->save = save;
    input_release_all(snapshots->config.input);
    g_autoptr(GSource) source = g_timeout_source_new(LOOK_MS);
    g_source_set_callback(source, when_quiet, save, NULL);
    g_source_attach(source, snapshots->config.phone->context);
}
