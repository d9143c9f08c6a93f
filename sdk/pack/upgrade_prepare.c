/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "error.h"
#include "kept_image.h"
#include "layers.h"
#include "output.h"
#include "tool.h"
#include "upgrade.h"

#define ALIGNMENT (1ull << 20) /* of the old image behind the new one */

static guint64 size_of(const char *path)
{
    GStatBuf info;

    return g_stat(path, &info) ? 0 : (guint64)info.st_size;
}

/* What the handset that does the work takes: both images, twice, and the data. */
static gboolean has_room(const struct pack_upgrade *upgrade, const char *old, GError **error)
{
    g_autofree char *data = g_build_filename(upgrade->folder, PACK_DATA, NULL);
    guint64 needed = 2 * (size_of(old) + size_of(upgrade->vm->system));
    struct statvfs fs;
    GStatBuf info;

    if (!g_stat(data, &info)) {
        needed += 2 * (guint64)info.st_blocks * 512;
    }
    return statvfs(upgrade->folder, &fs) || (guint64)fs.f_bavail * fs.f_frsize > needed ||
           pack_fail(error, "%s: needs %" PRIu64 " MiB of free space for the upgrade",
                     upgrade->folder, needed >> 20);
}

static gboolean append(struct pack_output *output, guint64 offset, const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = pack_input(path, error);
    gsize size;
    const void *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;

    return data && pack_output_write(output, offset, data, size, error);
}

/* The first disk: the new image, and behind it, at `offset`, the old one. */
static gboolean write_images(const struct pack_upgrade *upgrade, const char *old, const char *path,
                             guint64 *offset, GError **error)
{
    struct pack_output output = {.fd = -1};
    gboolean ok;

    *offset = (size_of(upgrade->vm->system) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ok = pack_output_open(&output, path, *offset + size_of(old), error) &&
         append(&output, 0, upgrade->vm->system, error) && append(&output, *offset, old, error) &&
         pack_output_commit(&output, error);
    pack_output_finish(&output);
    return ok;
}

/* A copy of the data, without what an earlier upgrade said. */
static gboolean copy_data(const struct pack_upgrade *upgrade, const char *handset, GError **error)
{
    g_autofree char *folder = g_build_filename(handset, upgrade->vm->name, NULL);
    g_autofree char *disk = g_build_filename(folder, PACK_DATA, NULL);
    const char *const fsck[] = {"e2fsck", "-f", "-p", disk, NULL};
    const char *const forget[] = {"debugfs", "-w", "-R", "rm /upgraded", disk, NULL};

    if (g_mkdir_with_parents(folder, 0777)) {
        return pack_fail(error, "%s: %s", folder, g_strerror(errno));
    }
    return pack_layers_copy(upgrade->options.out, upgrade->vm->name, disk, error) &&
           pack_tool_run(fsck, 1, error) && pack_tool_run(forget, 0, error);
}

static gboolean is_kept(const struct pack_upgrade *upgrade, const char *group)
{
    g_autofree char *own = g_strconcat("vm ", upgrade->vm->name, NULL);
    int switchboard = pack_handset_switchboard(&upgrade->handset);
    g_autofree char *first =
        switchboard < 0 ? NULL : g_strconcat("vm ", upgrade->handset.vm[switchboard].name, NULL);

    return !strcmp(group, "handset") || !strcmp(group, own) || !g_strcmp0(group, first);
}

static void set_persona(const struct pack_upgrade *upgrade, GKeyFile *ini, const char *system,
                        guint64 offset)
{
    const struct pack_vm *vm = upgrade->vm;
    g_autofree char *group = g_strconcat("vm ", vm->name, NULL);
    g_autofree char *profile = g_key_file_get_string(ini, group, "profile", NULL);
    g_autofree char *top = g_path_get_dirname(upgrade->options.handset);
    g_autofree char *cmdline =
        g_strdup_printf("%s phonebooth.upgrade=%" PRIu64, vm->cmdline ? vm->cmdline : "", offset);

    if (profile) {
        g_autofree char *whole = g_canonicalize_filename(profile, top);

        g_key_file_set_string(ini, group, "profile", whole);
    }
    g_key_file_set_string(ini, group, "kernel", vm->kernel);
    g_key_file_set_string(ini, group, "initrd", vm->initrd);
    g_key_file_set_string(ini, group, "system", system);
    g_key_file_set_string(ini, group, "cmdline", g_strchug(cmdline));
    g_key_file_set_boolean(ini, group, "autostart", TRUE);
}

/* The description of a handset with this persona only. */
static gboolean describe(const struct pack_upgrade *upgrade, const char *path, const char *system,
                         guint64 offset, GError **error)
{
    g_autoptr(GKeyFile) ini = g_key_file_new();
    g_auto(GStrv) groups = NULL;

    if (!g_key_file_load_from_file(ini, upgrade->options.handset, G_KEY_FILE_NONE, error)) {
        return FALSE;
    }
    groups = g_key_file_get_groups(ini, NULL);
    for (char **group = groups; *group; group++) {
        if (!is_kept(upgrade, *group)) {
            g_key_file_remove_group(ini, *group, NULL);
        }
    }
    set_persona(upgrade, ini, system, offset);
    return g_key_file_save_to_file(ini, path, error);
}

static gboolean pack_it(const struct pack_upgrade *upgrade, char *description, char *handset,
                        GError **error)
{
    struct pack_options options = upgrade->options;

    options.handset = description;
    options.out = handset;
    options.any_image = TRUE;
    return pack_build(&options, error);
}

gboolean pack_upgrade_prepare(const struct pack_upgrade *upgrade, GError **error)
{
    g_autofree char *old =
        g_build_filename(upgrade->options.out, "images", upgrade->from, "system", NULL);
    g_autofree char *system = g_build_filename(upgrade->work, "system.img", NULL);
    g_autofree char *handset = g_build_filename(upgrade->work, "handset", NULL);
    g_autofree char *description = g_build_filename(upgrade->work, "handset.ini", NULL);
    const char *const rm[] = {"rm", "-rf", upgrade->work, NULL};
    guint64 offset;

    if (!pack_layers_check(upgrade->options.out, error) || !pack_tool_run(rm, 0, error) ||
        !has_room(upgrade, old, error) || !copy_data(upgrade, handset, error)) {
        return FALSE;
    }
    return write_images(upgrade, old, system, &offset, error) &&
           describe(upgrade, description, system, offset, error) &&
           pack_it(upgrade, description, handset, error) &&
           (!g_unlink(system) || pack_fail(error, "%s: %s", system, g_strerror(errno)));
}
