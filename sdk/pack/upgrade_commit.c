/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The exchange of a persona's data. All that takes long is done before, in OUT/VM/upgrade:
 *
 *   next.img   the data that the persona is to have
 *   flat/P.img the data of each persona P whose disk had layers, without them; no folder: none had
 *   commit     from now on, whoever packs the handset goes on until the end
 *
 * Each step can be taken again.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "error.h"
#include "kept_image.h"
#include "layers.h"
#include "output.h"
#include "tool.h"
#include "upgrade.h"
#include "upgrade_commit.h"

static gboolean exists(const char *path)
{
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* Nothing, if it has been done before. */
static gboolean move(const char *from, const char *to, GError **error)
{
    return !exists(from) || !g_rename(from, to) ||
           pack_fail(error, "%s cannot become %s: %s", from, to, g_strerror(errno));
}

static gboolean remove_tree(const char *path, GError **error)
{
    const char *const rm[] = {"rm", "-rf", path, NULL};

    return pack_tool_run(rm, 0, error);
}

/* The old data: as it was without layers, or as it was with them. */
static gboolean keep_old(const char *out, const char *vm, const char *work, GError **error)
{
    g_autofree char *old = g_build_filename(work, "old.img", NULL);
    g_autofree char *flat = g_build_filename(work, "flat", NULL);
    g_autofree char *name = g_strconcat(vm, ".img", NULL);
    g_autofree char *whole = g_build_filename(flat, name, NULL);
    g_autofree char *before = g_build_filename(out, vm, PACK_DATA_BEFORE, NULL);

    return move(exists(flat) ? whole : old, before, error);
}

static gboolean put_in_place(const char *out, const char *vm, const char *work, GError **error)
{
    g_autofree char *next = g_build_filename(work, "next.img", NULL);
    g_autofree char *old = g_build_filename(work, "old.img", NULL);
    g_autofree char *data = g_build_filename(out, vm, PACK_DATA, NULL);

    if (exists(next) && !exists(old) && !move(data, old, error)) {
        return FALSE;
    }
    return move(next, data, error) && keep_old(out, vm, work, error);
}

/* Snapshots go with the layers: they need the images as they were. */
static gboolean drop_layers(const char *out, const char *work, GError **error)
{
    g_autofree char *flat = g_build_filename(work, "flat", NULL);
    g_autofree char *snapshots = g_build_filename(out, "snapshots", NULL);
    g_autoptr(GDir) dir = g_dir_open(flat, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *from = g_build_filename(flat, name, NULL);
        g_autofree char *vm = g_strndup(name, strlen(name) - strlen(".img"));
        g_autofree char *to = g_build_filename(out, vm, PACK_DATA, NULL);

        if (!move(from, to, error)) {
            return FALSE;
        }
    }
    return !dir || remove_tree(snapshots, error);
}

static gboolean go_on(const char *out, const char *vm, GError **error)
{
    g_autofree char *work = g_build_filename(out, vm, "upgrade", NULL);
    g_autofree char *commit = g_build_filename(work, "commit", NULL);

    return !exists(commit) ||
           (put_in_place(out, vm, work, error) && drop_layers(out, work, error) &&
            (!g_unlink(commit) || pack_fail(error, "%s: %s", commit, g_strerror(errno))) &&
            remove_tree(work, error));
}

gboolean pack_upgrade_go_on(const char *out, GError **error)
{
    g_autoptr(GDir) dir = g_dir_open(out, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        if (!go_on(out, name, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Whole on the host's disk. */
static gboolean flush(const char *path, GError **error)
{
    int fd = g_open(path, O_RDWR | O_CLOEXEC);
    gboolean ok = fd >= 0 && !fsync(fd);

    if (!ok) {
        pack_fail(error, "%s: %s", path, g_strerror(errno));
    }
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

/* A handset without handset.ini is not whole: nobody starts it, `make run` and pack make it so. */
static gboolean decide(const struct pack_upgrade *upgrade, GError **error)
{
    g_autofree char *ini = g_build_filename(upgrade->options.out, "handset.ini", NULL);
    g_autofree char *commit = g_build_filename(upgrade->work, "commit", NULL);
    g_autofree char *next = g_build_filename(upgrade->work, "next.img", NULL);
    g_autoptr(GBytes) nothing = g_bytes_new_static("", 0);

    if (!flush(next, error)) {
        return FALSE;
    }
    if (g_unlink(ini) && errno != ENOENT) {
        return pack_fail(error, "%s: %s", ini, g_strerror(errno));
    }
    return pack_output_bytes(commit, nothing, error) && pack_build(&upgrade->options, error);
}

/* The persona has written it: what is no plain text is not for a terminal. */
static char *read_end(const char *disk)
{
    const char *const argv[] = {"debugfs", "-R", "cat /upgraded", disk, NULL};
    char *text = NULL;

    if (!pack_tool_output(argv, &text)) {
        return g_strdup("");
    }
    for (char *at = text; *at; at++) {
        if (!g_ascii_isprint(*at) && *at != '\n') {
            *at = '?';
        }
    }
    return text;
}

/* The data was moved, and is whole. */
static gboolean check(const struct pack_upgrade *upgrade, const char *disk, char **notes,
                      GError **error)
{
    const char *const fsck[] = {"e2fsck", "-f", "-p", disk, NULL};
    g_autofree char *text = NULL, *image = NULL;
    char *rest;

    if (!pack_tool_run(fsck, 1, error)) {
        return FALSE;
    }
    text = read_end(disk);
    rest = text + strcspn(text, "\n");
    if (*rest) {
        *rest++ = '\0';
    }
    image = pack_image_of_data(disk);
    if (strcmp(text, "done") || g_strcmp0(image, upgrade->to)) {
        return pack_fail(error, "%s stays as it was: the upgrade %s", upgrade->vm->name,
                         *text ? text : "did not come to its end");
    }
    *notes = g_strdup(rest);
    return TRUE;
}

gboolean pack_upgrade_commit(const struct pack_upgrade *upgrade, char **notes, GError **error)
{
    g_autofree char *moved =
        g_build_filename(upgrade->work, "handset", upgrade->vm->name, PACK_DATA, NULL);
    g_autofree char *next = g_build_filename(upgrade->work, "next.img", NULL);
    g_autofree char *flat = g_build_filename(upgrade->work, "flat", NULL);

    return check(upgrade, moved, notes, error) &&
           pack_layers_flatten(upgrade->options.out, flat, error) && move(moved, next, error) &&
           decide(upgrade, error);
}

gboolean pack_upgrade_rollback(const struct pack_upgrade *upgrade, GError **error)
{
    g_autofree char *before = g_build_filename(upgrade->folder, PACK_DATA_BEFORE, NULL);
    g_autofree char *next = g_build_filename(upgrade->work, "next.img", NULL);
    g_autofree char *flat = g_build_filename(upgrade->work, "flat", NULL);

    if (!exists(before)) {
        return pack_fail(error, "%s: there is none, so nothing to go back to", before);
    }
    if (!pack_layers_check(upgrade->options.out, error) || !remove_tree(upgrade->work, error)) {
        return FALSE;
    }
    if (g_mkdir_with_parents(upgrade->work, 0777) || link(before, next)) {
        return pack_fail(error, "%s: %s", next, g_strerror(errno));
    }
    return pack_layers_flatten(upgrade->options.out, flat, error) && decide(upgrade, error);
}
