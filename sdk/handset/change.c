/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "change.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "../pack/layers.h"
#include "../pack/options.h"
#include "describe.h"
#include "error.h"
#include "facts.h"
#include "files.h"

static enum files_way choose(gpointer data, const char *path, gboolean is_folder)
{
    g_autofree char *name = g_path_get_basename(path);

    (void)data;
    if (strcmp(path, "snapshots") == 0 || g_str_has_suffix(name, ".new") || name[0] == '.') {
        return FILES_SKIP;
    }
    return is_folder || g_str_has_prefix(path, DESCRIBE_FOLDER "/") ? FILES_COPY : FILES_LINK;
}

/* Disks with layers become images again. */
static gboolean flatten(const struct change *change, GError **error)
{
    g_autofree char *flat = g_build_filename(change->work, "flat", NULL);
    g_autoptr(GDir) files = NULL;
    const char *file;

    if (!pack_layers_flatten(change->dir, flat, error)) {
        return FALSE;
    }
    files = g_dir_open(flat, 0, NULL);
    while (files && (file = g_dir_read_name(files))) {
        g_autofree char *from = g_build_filename(flat, file, NULL);
        g_autofree char *vm = g_strndup(file, strlen(file) - strlen(".img"));
        g_autofree char *to = g_build_filename(change->work, vm, FACTS_DATA, NULL);
        if (g_rename(from, to) != 0) {
            return handset_fail_errno(error, to, "replace it");
        }
    }
    return files_remove(flat, error);
}

static gboolean check(const handset_place *place, GError **error)
{
    if (place->kind != PLACE_USER) {
        return handset_fail(error, HANDSET_ERROR_WRONG,
                            "the handset '%s' belongs to %s and stays as it is; 'booth handset "
                            "create NAME --from %s' makes one of your own",
                            place->name, place->kind == PLACE_BUILD ? "the build" : "all users",
                            place->name);
    }
    return describe_has(place->dir) ||
           handset_fail(error, HANDSET_ERROR_WRONG,
                        "%s: has no " DESCRIBE_FOLDER "/" PLACES_DESCRIPTION
                        "; 'booth handset clone' makes one that has, if what it was packed from "
                        "is still there",
                        place->dir);
}

static gboolean open_description(struct change *change, GError **error)
{
    g_autofree char *path =
        g_build_filename(change->work, DESCRIBE_FOLDER, PLACES_DESCRIPTION, NULL);

    change->ini = g_key_file_new();
    return g_key_file_load_from_file(change->ini, path, G_KEY_FILE_KEEP_COMMENTS, error);
}

gboolean change_begin(struct change *change, const handset_place *place, GError **error)
{
    *change = (struct change){.dir = g_strdup(place->dir), .held = -1, .own = -1};
    if (!check(place, error)) {
        return FALSE;
    }
    change->held = files_hold(place->dir, TRUE, error);
    if (change->held < 0 || !pack_layers_check(place->dir, error)) {
        return FALSE;
    }
    change->work = files_begin(place->dir, &change->own, error);
    return change->work && files_copy_tree(change->dir, change->work, choose, NULL, error) &&
           flatten(change, error) && open_description(change, error);
}

static gboolean pack(const struct change *change, GError **error)
{
    struct pack_options options;
    gboolean done;

    describe_options(&options, change->work);
    done = pack_build(&options, error);
    pack_options_finish(&options);
    return done;
}

/* The board has so many eMMCs, the first is the handset's system. */
static gboolean check_slots(const struct change *change, GError **error)
{
    g_autofree char *path = g_build_filename(change->work, PLACES_DESCRIPTION, NULL);
    g_autofree char *slot = g_strdup_printf("%d", FACTS_SLOTS);
    g_autoptr(GKeyFile) ini = g_key_file_new();

    return g_key_file_load_from_file(ini, path, G_KEY_FILE_NONE, error) &&
           (!g_key_file_has_key(ini, "emmc", slot, NULL) ||
            handset_fail(error, HANDSET_ERROR_WRONG,
                         "%s: the board has %d eMMCs for data disks, and all are taken; 'booth "
                         "persona remove' frees one",
                         change->dir, FACTS_SLOTS - 1));
}

gboolean change_commit(struct change *change, GError **error)
{
    g_autofree char *path =
        g_build_filename(change->work, DESCRIBE_FOLDER, PLACES_DESCRIPTION, NULL);

    change->done = g_key_file_save_to_file(change->ini, path, error) && pack(change, error) &&
                   check_slots(change, error) && describe_note(change->work, change->dir, error) &&
                   files_commit(change->work, change->dir, error);
    return change->done;
}

void change_finish(struct change *change)
{
    if (change->work && !change->done) {
        files_remove(change->work, NULL);
    }
    files_release(change->own);
    files_release(change->held);
    if (change->ini) {
        g_key_file_unref(change->ini);
    }
    g_free(change->work);
    g_free(change->dir);
}

char *change_profile(const struct change *change, const char *name)
{
    return g_build_filename(change->work, DESCRIBE_FOLDER, "profiles", name, "profile.ini", NULL);
}
