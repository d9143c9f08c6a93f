/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folders that a unit test makes and removes. */
#ifndef FOLDER_H
#define FOLDER_H

#include <glib/gstdio.h>

/* Removes a file, or a folder and all that is in it. */
static inline void remove_all(const char *path)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        remove_all(inside);
    }
    g_clear_pointer(&dir, g_dir_close);
    g_remove(path);
}

#endif
