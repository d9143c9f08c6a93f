/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "clone.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "describe.h"
#include "error.h"
#include "files.h"
#include "stamps.h"

/* What a phone or pack writes into. Layers over a disk know it by its time, which a copy keeps. */
static gboolean is_written(const char *path)
{
    g_autofree char *name = g_path_get_basename(path);

    return g_str_has_prefix(name, "data.") || g_str_has_prefix(path, DESCRIBE_FOLDER "/") ||
           (g_str_has_prefix(path, "snapshots/") && strcmp(name, "state") != 0);
}

static gboolean is_left_over(const char *path, gboolean is_folder)
{
    g_autofree char *name = g_path_get_basename(path);

    return g_str_has_suffix(name, ".new") || name[0] == '.' || strcmp(path, "pack.ini") == 0 ||
           (is_folder && strcmp(name, "upgrade") == 0);
}

static enum files_way choose(gpointer data, const char *path, gboolean is_folder)
{
    const handset_place *from = data;

    if (is_left_over(path, is_folder)) {
        return FILES_SKIP;
    }
    if (is_folder || is_written(path)) {
        return FILES_COPY;
    }
    return from->kind == PLACE_INSTALLED ? FILES_SYMLINK : FILES_LINK;
}

/* An exchange of data that was decided on, and has not come to its end. */
static gboolean check_upgrade(const char *dir, GError **error)
{
    g_autoptr(GDir) entries = g_dir_open(dir, 0, error);
    const char *name;

    while (entries && (name = g_dir_read_name(entries))) {
        g_autofree char *commit = g_build_filename(dir, name, "upgrade", "commit", NULL);
        if (g_file_test(commit, G_FILE_TEST_EXISTS)) {
            return handset_fail(error, HANDSET_ERROR_BUSY,
                                "%s/%s: an upgrade has not come to its end; 'booth persona upgrade "
                                "%s' ends it",
                                dir, name, name);
        }
    }
    return entries != NULL;
}

/* What is known of the files holds for those of both. */
static gboolean copy_all(const handset_place *from, const char *work, GError **error)
{
    g_autoptr(JsonObject) known = stamps_take(from->dir);

    if (!files_copy_tree(from->dir, work, choose, (gpointer)from, error)) {
        return FALSE;
    }
    stamps_give(known, work);
    if (from->kind != PLACE_INSTALLED) {
        stamps_give(known, from->dir);
    }
    return TRUE;
}

static gboolean fill(const handset_place *from, const char *work, const char *to,
                     gboolean (*finish)(const char *dir, GError **error), GError **error)
{
    return check_upgrade(from->dir, error) && copy_all(from, work, error) &&
           (describe_has(work) || describe_make(from->dir, work, error)) &&
           (!describe_has(work) || describe_note(work, to, error)) &&
           (finish == NULL || finish(work, error)) && files_commit(work, to, error);
}

gboolean clone_make(const handset_place *from, const char *to,
                    gboolean (*finish)(const char *dir, GError **error), GError **error)
{
    int held = files_hold(from->dir, FALSE, error), own = -1;
    g_autofree char *work = held >= 0 ? files_begin(to, &own, error) : NULL;
    gboolean done = work && fill(from, work, to, finish, error);

    if (work && !done) {
        files_remove(work, NULL);
    }
    files_release(own);
    files_release(held);
    return done;
}

/* Before there were several, a user's handset had another place. */
static gboolean take_old(const handset_place *place, const char *own)
{
    g_autofree char *old = g_build_filename(g_get_user_data_dir(), "phonebooth", "handset", NULL);
    g_autofree char *root = g_path_get_dirname(own);

    return strcmp(place->name, PLACES_DEFAULT) == 0 && g_file_test(old, G_FILE_TEST_IS_DIR) &&
           g_mkdir_with_parents(root, 0700) == 0 && g_rename(old, own) == 0;
}

gboolean clone_of_installed(handset_place *place, GError **error)
{
    if (place->kind != PLACE_INSTALLED) {
        return TRUE;
    }
    g_autofree char *own = places_user_dir(place->name);
    if (!take_old(place, own) && !clone_make(place, own, NULL, error)) {
        return FALSE;
    }
    g_free(place->dir);
    place->dir = g_steal_pointer(&own);
    place->kind = PLACE_USER;
    return TRUE;
}
