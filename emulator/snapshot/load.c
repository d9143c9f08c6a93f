/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <gio/gio.h>

#include "machine/lockstep.h"
#include "machine/machine.h"
#include "machine/memory.h"
#include "machine/panel.h"
#include "machine/state.h"
#include "machine/translations.h"
#include "phone/chosen.h"
#include "phone/record.h"
#include "phone/seeds.h"
#include "snapshot/snapshots.h"
#include "snapshot/translated.h"

struct load {
    struct snapshots *snapshots;
    snapshots_done_fn *done;
    void *opaque;
    GError *error;
};

/*
 * From the moment when the machine runs, these disks are no longer those of the snapshot that the
 * phone went on from: if it is not ended in order, the next start boots.
 */
static bool leave_snapshot(struct snapshots *snapshots, GError **error)
{
    if (!snapshots->present.resume || snapshots->config.trial) {
        return true;
    }
    g_clear_pointer(&snapshots->present.resume, g_free);
    if (!present_write(&snapshots->present, &snapshots->store, error)) {
        return false;
    }
    if (snapshots_is_quick(snapshots->plan.name)) {
        store_delete(&snapshots->store, snapshots->plan.name, NULL); /* what is mapped stays */
    }
    return true;
}

/* Phone's thread. */
static gboolean take_state(gpointer data)
{
    g_autofree struct load *load = data;
    struct snapshots *snapshots = load->snapshots;

    if (!load->error && leave_snapshot(snapshots, &load->error)) {
        record_read(snapshots->config.phone, snapshots->plan.header->phone);
        panel_release();
        machine_pause(false);
    }
    load->done(load->opaque, load->error);
    g_clear_error(&load->error);
    return G_SOURCE_REMOVE;
}

/* Machine's thread. */
static void renew_seed(void *opaque, uint64_t address, gsize size)
{
    struct load *load = opaque;
    g_autofree char *seed = g_malloc(size);

    if (!load->error && seeds_fill(seed, size, &load->error)) {
        memory_write(address, seed, size);
    }
}

static void adopt_translations(const struct load *load)
{
    const char *why = translations_adopt();

    if (why) {
        g_printerr("phonebooth: snapshot '%s': its code is translated again: %s\n",
                   load->snapshots->plan.name, why);
    }
}

/* Machine's thread: before it runs, so that no number is given out that another phone has. */
static void on_loaded(void *opaque, const char *error)
{
    struct load *load = opaque;

    if (error) {
        load->error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED, error);
    } else {
        adopt_translations(load);
        lockstep_take_over();
        chosen_find_seeds(load->snapshots->config.handset, renew_seed, load, &load->error);
    }
    phone_invoke(load->snapshots->config.phone, take_state, load);
}

void snapshots_prepare(const struct snapshots *snapshots)
{
    const struct plan *plan = &snapshots->plan;
    g_autofree char *dir = plan->load ? store_path(&snapshots->store, plan->name, NULL) : NULL;
    g_autofree char *id = dir ? translated_read_id(dir) : NULL;
    g_autofree char *path = translated_path(id);

    translations_prepare(path, path ? header_program(plan->header) : NULL);
}

void snapshots_load(struct snapshots *snapshots, snapshots_done_fn *done, void *opaque)
{
    g_autofree char *path = store_path(&snapshots->store, snapshots->plan.name, STORE_STATE);
    struct load *load = g_new0(struct load, 1);

    *load = (struct load){snapshots, done, opaque, NULL};
    state_load(path, on_loaded, load);
}
