/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "old_images.h"

#include <glib/gstdio.h>

#include "../pack/kept_image.h"
#include "error.h"
#include "facts.h"
#include "files.h"

#define OLD_PACKAGE                                                                       \
    "take the older package apart ('dpkg-deb -x phonebooth-images_VERSION.deb FOLDER'), " \
    "then say --old FOLDER"

static const char *const parts[] = {"kernel", "initrd", "system"};

struct handset {
    const char *dir, *named; /* the folder, and its name in what is said */
    const char *old;
    gboolean *changed;
};

static gboolean is_file(const char *path)
{
    return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* Where `old` has this image. Free with g_free(); NULL: it has not. */
static char *find_old(const char *old, const char *uuid)
{
    static const char *const places[] = {"", "usr/lib/phonebooth/images/handset"};

    for (guint i = 0; old && i < G_N_ELEMENTS(places); i++) {
        g_autofree char *folder = g_build_filename(old, places[i], "images", uuid, NULL);
        g_autofree char *system = g_build_filename(folder, "system", NULL);
        if (is_file(system)) {
            return g_steal_pointer(&folder);
        }
    }
    return NULL;
}

static gboolean bring_back(const struct handset *handset, const char *folder, const char *from,
                           GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *path = g_build_filename(folder, parts[i], NULL);
        g_autofree char *there = g_build_filename(from, parts[i], NULL);
        if (is_file(path) || !is_file(there)) {
            continue;
        }
        g_unlink(path);
        *handset->changed = TRUE;
        if (!files_link(there, path, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* What a persona has stored can be moved if the image that it belongs to is there. */
static gboolean find_stored(const struct handset *handset, const struct facts_vm *vm,
                            GError **error)
{
    g_autofree char *data = g_build_filename(handset->dir, vm->name, FACTS_DATA, NULL);
    g_autofree char *uuid = pack_image_of_data(data);
    g_autofree char *folder = uuid ? g_build_filename(handset->dir, "images", uuid, NULL) : NULL;
    g_autofree char *system = folder ? g_build_filename(folder, "system", NULL) : NULL;
    g_autofree char *from = NULL;

    if (system == NULL || is_file(system)) {
        return TRUE;
    }
    from = find_old(handset->old, uuid);
    if (from == NULL) {
        return handset_fail(error, HANDSET_ERROR_BUSY,
                            "%s: what %s has stored belongs to the system image %s, which is not "
                            "%s; %s",
                            handset->named, vm->name, uuid,
                            handset->old ? "in that folder either" : "here any more", OLD_PACKAGE);
    }
    return g_mkdir_with_parents(folder, 0700) == 0
               ? bring_back(handset, folder, from, error)
               : handset_fail_errno(error, folder, "make this folder");
}

gboolean old_images_bring_back(const char *dir, const char *named, const char *old,
                               gboolean *changed, GError **error)
{
    const struct handset handset = {dir, named, old, changed};
    g_autoptr(handset_facts) facts = facts_read(dir, error);

    for (guint i = 0; facts && i < facts->vms->len; i++) {
        const struct facts_vm *vm = facts->vms->pdata[i];
        if (facts_is_persona(vm) && !find_stored(&handset, vm, error)) {
            return FALSE;
        }
    }
    return facts != NULL;
}
