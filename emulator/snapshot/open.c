/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/open.h"

#include <gio/gio.h>
#include <string.h>

#include "snapshot/layer.h"
#include "snapshot/tidy.h"

/* What a handset has; nothing is decided. False and `error`: it is none. */
static bool open_handset(struct snapshots *snapshots, const char *dir, GError **error)
{
    struct handset *as_read = handset_read(dir, error);
    g_autofree char *cache = NULL;

    if (!as_read) {
        return false;
    }
    snapshots->config.handset = as_read;
    store_init(&snapshots->store, dir);
    cache = g_build_filename(snapshots->store.root, "identity.json", NULL);
    snapshots->identity = identity_new(as_read, cache);
    return true;
}

bool snapshots_look(struct snapshots *snapshots, const char *dir, GError **error)
{
    if (!open_handset(snapshots, dir, error)) {
        return false;
    }
    if (!present_read(&snapshots->present, &snapshots->store, error)) {
        snapshots_close(snapshots);
        return false;
    }
    return true;
}

static bool check_layers(const char *layer, const char *dir, GError **error)
{
    g_autoptr(GError) wrong = NULL;

    if (layer_check_chain(layer, &wrong)) {
        return true;
    }
    g_set_error(error, wrong->domain, wrong->code,
                "%s; put the right file back, or remove %s/snapshots, which loses what was stored "
                "since",
                wrong->message, dir);
    return false;
}

/* No disk shows a guest a file of the host that is none of the phone's. */
static bool check_disks(const struct handset *as_read, const struct handset *running,
                        GError **error)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        const char *image = as_read->emmc[i];
        bool layered = image && strcmp(image, running->emmc[i]) != 0;
        if (image && !layer_check_image(image, error)) {
            return false;
        }
        if (layered && !check_layers(running->emmc[i], as_read->dir, error)) {
            return false;
        }
    }
    return true;
}

bool snapshots_open(struct snapshots *snapshots, const struct plan_options *options,
                    struct handset *handset, GError **error)
{
    const struct handset *as_read;

    if (!open_handset(snapshots, handset->dir, error) ||
        (!options->trial && !store_lock(handset->dir, error))) {
        return false;
    }
    as_read = snapshots->config.handset;
    snapshots->config.trial = options->trial;
    if (!plan_make(&snapshots->plan, options, &snapshots->store, as_read, snapshots->identity,
                   &snapshots->present, error)) {
        return false;
    }
    plan_name_disks(&snapshots->plan, &snapshots->store, as_read, &snapshots->present, handset);
    return check_disks(as_read, handset, error);
}

bool snapshots_is_quick(const char *name)
{
    return strcmp(name, SNAPSHOTS_QUICK) == 0;
}

/* "quick" fits the disks as they were when it was saved: without that they are no longer so. */
static void drop_stale_quick(struct snapshots *snapshots)
{
    if (store_has(&snapshots->store, SNAPSHOTS_QUICK) &&
        g_strcmp0(snapshots->present.resume, SNAPSHOTS_QUICK) != 0) {
        store_delete(&snapshots->store, SNAPSHOTS_QUICK, NULL);
    }
}

/* A phone that boots leaves the state behind that it could have gone on from. */
static bool leave_resume(struct snapshots *snapshots, GError **error)
{
    if (snapshots->plan.load || !snapshots->present.resume) {
        return true;
    }
    g_clear_pointer(&snapshots->present.resume, g_free);
    return present_write(&snapshots->present, &snapshots->store, error);
}

bool snapshots_take_disks(struct snapshots *snapshots, struct handset *handset, GError **error)
{
    const struct handset *as_read = snapshots->config.handset;

    if (snapshots->config.trial) {
        return true;
    }
    if (!plan_take_disks(&snapshots->plan, &snapshots->store, as_read, &snapshots->present,
                         error)) {
        return false;
    }
    if (snapshots->plan.takes_disks) {
        snapshots->plan.takes_disks = false;
        plan_name_disks(&snapshots->plan, &snapshots->store, as_read, &snapshots->present, handset);
    }
    if (!leave_resume(snapshots, error)) {
        return false;
    }
    drop_stale_quick(snapshots);
    tidy(&snapshots->store, &snapshots->present);
    return true;
}

bool snapshots_delete(struct snapshots *snapshots, const char *name, GError **error)
{
    if (snapshots->config.trial || snapshots->save || snapshots->workers) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_BUSY,
                            snapshots->config.trial
                                ? "a phone that is only tried changes nothing"
                                : "a snapshot is being saved, exported or imported");
        return false;
    }
    if (!store_delete(&snapshots->store, name, error)) {
        return false;
    }
    tidy(&snapshots->store, &snapshots->present);
    return true;
}

void snapshots_close(struct snapshots *snapshots)
{
    plan_clear(&snapshots->plan);
    present_clear(&snapshots->present);
    identity_free(snapshots->identity);
    store_clear(&snapshots->store);
    handset_free((struct handset *)snapshots->config.handset);
}
