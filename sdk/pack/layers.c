/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "error.h"
#include "kept_image.h"
#include "layers.h"
#include "tool.h"

/* snapshots/present.json; NULL: there are no layers. */
static char *read_present(const char *out)
{
    g_autofree char *path = g_build_filename(out, "snapshots", "present.json", NULL);
    char *text = NULL;

    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

static gboolean is_own_name(const char *name)
{
    static const char *const own[] = {"disks", "clean", "quick", "replaced", NULL};

    return *name == '.' || g_str_has_suffix(name, ".json") || g_strv_contains(own, name);
}

gboolean pack_layers_check(const char *out, GError **error)
{
    g_autofree char *present = read_present(out), *path = g_build_filename(out, "snapshots", NULL);
    g_autoptr(GDir) dir = present ? g_dir_open(path, 0, NULL) : NULL;
    const char *name;

    if (present && g_regex_match_simple("\"resume\"\\s*:\\s*\"quick\"", present, 0, 0)) {
        return pack_fail(error, "%s: the phone was left while it ran; start it, then `booth stop`",
                         out);
    }
    while (dir && (name = g_dir_read_name(dir))) {
        if (!is_own_name(name)) {
            return pack_fail(error,
                             "%s/%s: this snapshot needs the images as they are; delete it first",
                             path, name);
        }
    }
    return TRUE;
}

/* The eMMC that has the data of persona `name`: a digit; 0: none. */
static char slot_of(const char *out, const char *name)
{
    g_autofree char *path = g_build_filename(out, "handset.ini", NULL);
    g_autoptr(GKeyFile) ini = g_key_file_new();
    g_auto(GStrv) groups = NULL;

    g_key_file_load_from_file(ini, path, G_KEY_FILE_NONE, NULL);
    groups = g_key_file_get_groups(ini, NULL);
    for (char **group = groups; *group; group++) {
        g_autofree char *vm = g_key_file_get_string(ini, *group, "name", NULL);
        int slot = g_key_file_get_integer(ini, *group, "data-slot", NULL);

        if (g_str_has_prefix(*group, "vm ") && !g_strcmp0(vm, name) && slot > 0 && slot <= 9) {
            return (char)('0' + slot);
        }
    }
    return 0;
}

/* The topmost layer of that disk; NULL: it has none. */
static char *top_layer(const char *out, const char *name)
{
    g_autofree char *present = read_present(out);
    char slot = present ? slot_of(out, name) : 0;
    g_autofree char *pattern = g_strdup_printf("\"(%c-[0-9a-f]+\\.qcow2)\"", slot ? slot : '_');
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    g_autofree char *file = NULL;

    if (!slot || !g_regex_match(regex, present, 0, &match)) {
        return NULL;
    }
    file = g_match_info_fetch(match, 1);
    return g_build_filename(out, "snapshots", "disks", file, NULL);
}

static gboolean flatten(const char *layer, const char *to, GError **error)
{
    const char *const argv[] = {"qemu-img", "convert", "-f", "qcow2", "-O", "raw", layer, to, NULL};

    if (pack_tool_run(argv, 0, error)) {
        return TRUE;
    }
    g_prefix_error(error, "%s (the package qemu-utils reads it): ", layer);
    return FALSE;
}

gboolean pack_layers_copy(const char *out, const char *name, const char *to, GError **error)
{
    g_autofree char *layer = top_layer(out, name);
    g_autofree char *image = g_build_filename(out, name, PACK_DATA, NULL);
    const char *const cp[] = {"cp", "--sparse=always", "--reflink=auto", image, to, NULL};

    return layer ? flatten(layer, to, error) : pack_tool_run(cp, 0, error);
}

static gboolean flatten_one(const char *out, const char *name, const char *folder, GError **error)
{
    g_autofree char *layer = top_layer(out, name);
    g_autofree char *file = g_strconcat(name, ".img", NULL);
    g_autofree char *to = g_build_filename(folder, file, NULL);

    if (!layer) {
        return TRUE;
    }
    if (g_mkdir_with_parents(folder, 0700)) {
        return pack_fail(error, "%s: %s", folder, g_strerror(errno));
    }
    return flatten(layer, to, error);
}

gboolean pack_layers_flatten(const char *out, const char *folder, GError **error)
{
    g_autoptr(GDir) dir = g_dir_open(out, 0, error);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        if (!flatten_one(out, name, folder, error)) {
            return FALSE;
        }
    }
    return dir != NULL;
}
