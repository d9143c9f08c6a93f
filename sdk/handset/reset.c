/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "reset.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "../pack/data_disk.h"
#include "../pack/tool.h"
#include "error.h"
#include "files.h"
#include "present.h"

#define CLEAN "clean"

static const char *const passing[] = {"quick", "replaced", NULL};

gboolean reset_is_own_snapshot(const char *name)
{
    return strcmp(name, CLEAN) == 0 || g_strv_contains(passing, name);
}

static gboolean has_named_snapshots(const char *dir)
{
    g_auto(GStrv) names = present_snapshots(dir);

    for (char **name = names; *name; name++) {
        if (!reset_is_own_snapshot(*name)) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean drop_passing(const char *dir, GError **error)
{
    for (const char *const *name = passing; *name; name++) {
        if (!present_drop(dir, *name, error)) {
            return FALSE;
        }
    }
    present_tidy(dir);
    return TRUE;
}

/* A new disk of the size of `image` at `path`. */
static gboolean make_disk(const char *image, const char *path, GError **error)
{
    GStatBuf info;
    gboolean grown;

    if (g_stat(image, &info) != 0) {
        return handset_fail_errno(error, image, "look at it");
    }
    return pack_data_disk_make(path, (guint64)info.st_size, &grown, error);
}

/* The image itself, where no layers are: the old one stays until the new one is whole. */
static gboolean renew_image(const handset_facts *facts, const struct facts_vm *vm, GError **error)
{
    g_autofree char *image = facts_data(facts, vm);
    g_autofree char *fresh = g_strconcat(image, ".fresh", NULL);

    g_unlink(fresh);
    return make_disk(image, fresh, error) &&
           (g_rename(fresh, image) == 0 || handset_fail_errno(error, image, "replace it"));
}

/* A new disk below a new layer: snapshots go on over the image as it is. */
static gboolean renew_layer(const handset_facts *facts, const struct facts_vm *vm,
                            struct present *present, GError **error)
{
    g_autofree char *image = facts_data(facts, vm);
    g_autofree char *name = present_new_name(vm->slot, ".raw");
    g_autofree char *path = present_path(facts->dir, name);
    char *layer = make_disk(image, path, error)
                      ? present_new_layer(facts->dir, vm->name, vm->slot, name, error)
                      : NULL;

    if (layer == NULL) {
        return FALSE;
    }
    g_free(present->layer[vm->slot]);
    present->layer[vm->slot] = layer;
    return TRUE;
}

/* Each persona with a data disk that is `only`; NULL: each. */
static gboolean renew_layers(const handset_facts *facts, const char *only, GError **error)
{
    struct present present;
    gboolean done = present_load(&present, facts->dir, error);

    for (guint i = 0; done && i < facts->vms->len; i++) {
        const struct facts_vm *vm = facts->vms->pdata[i];
        if (vm->slot && (only == NULL || strcmp(vm->name, only) == 0)) {
            done = renew_layer(facts, vm, &present, error);
        }
    }
    g_clear_pointer(&present.resume, g_free);
    done = done && present_store(&present, facts->dir, error);
    present_free(&present);
    return done && drop_passing(facts->dir, error);
}

static gboolean renew_images(const handset_facts *facts, const char *only, GError **error)
{
    g_autofree char *snapshots = g_build_filename(facts->dir, "snapshots", NULL);

    if (!files_remove(snapshots, error)) {
        return FALSE;
    }
    for (guint i = 0; i < facts->vms->len; i++) {
        const struct facts_vm *vm = facts->vms->pdata[i];
        if (vm->slot && (only == NULL || strcmp(vm->name, only) == 0) &&
            !renew_image(facts, vm, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* New layers over those of `clean`, which the phone goes on from. */
static gboolean return_to_clean(const handset_facts *facts, GError **error)
{
    struct present now, clean = {0};
    gboolean done = present_load(&now, facts->dir, error) &&
                    present_of_snapshot(clean.layer, facts->dir, CLEAN, error);

    for (guint i = 0; done && i < facts->vms->len; i++) {
        const struct facts_vm *vm = facts->vms->pdata[i];
        if (vm->slot) {
            g_free(now.layer[vm->slot]);
            now.layer[vm->slot] =
                present_new_layer(facts->dir, vm->name, vm->slot, clean.layer[vm->slot], error);
            done = now.layer[vm->slot] != NULL;
        }
    }
    g_free(now.resume);
    now.resume = g_strdup(CLEAN);
    done = done && present_store(&now, facts->dir, error);
    present_free(&now);
    present_free(&clean);
    return done && drop_passing(facts->dir, error);
}

/* Phones that only try the handset have layers over its disks as they are. */
static gboolean check_tried(const handset_facts *facts, GError **error)
{
    for (guint i = 0; i < facts->vms->len; i++) {
        g_autofree char *image = facts_data(facts, facts->vms->pdata[i]);
        if (image && pack_data_disk_is_used(image)) {
            return handset_fail(error, HANDSET_ERROR_BUSY,
                                "%s: a phone uses it; 'booth stop' ends it", image);
        }
    }
    return TRUE;
}

static gboolean check_persona(const handset_facts *facts, const char *name, GError **error)
{
    const struct facts_vm *vm = facts_persona(facts, name);

    if (vm == NULL) {
        return handset_fail(error, HANDSET_ERROR_WRONG, "%s: has no persona '%s'", facts->dir,
                            name);
    }
    return vm->slot > 0 || handset_fail(error, HANDSET_ERROR_WRONG,
                                        "%s: the persona '%s' has no data disk: it "
                                        "stores nothing",
                                        facts->dir, name);
}

static gboolean renew(const handset_facts *facts, const char *only, GError **error)
{
    gboolean layers = present_exists(facts->dir) && (only || has_named_snapshots(facts->dir));

    return layers ? renew_layers(facts, only, error) : renew_images(facts, only, error);
}

gboolean reset_persona(const char *dir, const char *name, GError **error)
{
    g_autoptr(handset_facts) facts = facts_read(dir, error);

    return facts && check_persona(facts, name, error) && check_tried(facts, error) &&
           renew(facts, name, error);
}

gboolean reset_all(const char *dir, gboolean to_clean, GError **error)
{
    g_autoptr(handset_facts) facts = facts_read(dir, error);

    if (facts == NULL || !check_tried(facts, error)) {
        return FALSE;
    }
    return to_clean && present_exists(dir) ? return_to_clean(facts, error)
                                           : renew(facts, NULL, error);
}
