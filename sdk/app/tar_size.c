/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "tar.h"

enum { BLOCK = 512, HEADER = 512, DEPTH = 64 };

static gint64 size_of(const char *path, int depth)
{
    struct stat about;

    if (g_lstat(path, &about) != 0 || depth > DEPTH) {
        return 0;
    }
    if (S_ISREG(about.st_mode)) {
        return HEADER + (about.st_size + BLOCK - 1) / BLOCK * BLOCK;
    }
    g_autoptr(GDir) folder = S_ISDIR(about.st_mode) ? g_dir_open(path, 0, NULL) : NULL;
    gint64 size = HEADER;
    const char *name;

    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        size += size_of(inside, depth + 1);
    }
    return size;
}

gint64 tar_size(const struct tar_item *items)
{
    gint64 size = 0;

    for (; items->path != NULL; items++) {
        size += size_of(items->path, 0);
    }
    return size;
}
