/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Folders and files as tar archives: what is pushed, pulled, and packed as an app. What is read may
 * have been made by anybody. Errors are of G_FILE_ERROR, their message says which file or name.
 */
#ifndef APP_TAR_H
#define APP_TAR_H

#include <glib.h>

/* A file or folder, and the name that it gets in the archive. */
struct tar_item {
    char *path, *name;
};

enum tar_flags {
    TAR_PLAIN = 0,
    TAR_ZSTD = 1,         /* compressed */
    TAR_REPRODUCIBLE = 2, /* without times: the same files give the same bytes */
    TAR_GZIP = 4,         /* compressed so that every tar can read it */
};

/*
 * Writes the items, `path` NULL ends them, with all that is in folders, to a descriptor, which
 * stays open. Everything belongs to root. Sockets, devices and pipes are an error.
 */
gboolean tar_write(int descriptor, const struct tar_item *items, enum tar_flags flags,
                   GError **error);

/* About how long the archive of the items is, not compressed; what cannot be read counts nothing.
 */
gint64 tar_size(const struct tar_item *items);

/* What an archive may have. */
struct tar_limits {
    gint64 bytes;    /* of all files together */
    guint entries;   /* files, folders and links */
    gboolean inside; /* links may not lead out of the archive */
};

/*
 * Unpacks an archive, compressed or not, into an empty folder. Refuses what is no file, folder or
 * symbolic link, names that lead out of the folder, or appear twice, and more than the limits
 * allow; what was unpacked until then stays. No set-user-ID bits, no owners, no times.
 */
gboolean tar_unpack(int descriptor, const char *folder, const struct tar_limits *limits,
                    GError **error);

/* Removes a folder with all that is in it; no link is followed. */
void tar_remove(const char *folder);

#endif
