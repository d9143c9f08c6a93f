/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Files and folders of handsets: disks are sparse, images are shared, nothing is half there. */
#ifndef HANDSET_FILES_H
#define HANDSET_FILES_H

#include <glib.h>

/* What becomes of a file in a copy of a handset. */
enum files_way {
    FILES_SKIP,
    FILES_COPY,    /* its own bytes from now on; sparse, shared with the file system's help */
    FILES_LINK,    /* the same file: nobody writes into it. A copy where that is not possible */
    FILES_SYMLINK, /* a link by name: the file is somebody else's, and stays where it is */
};

/* The way of the file or folder `path`, relative to the folder that is copied. A folder that is not
 * skipped is made. */
typedef enum files_way files_choose(gpointer data, const char *path, gboolean is_folder);

/* Fills the folder `to`, which exists, with what is in `from`. */
gboolean files_copy_tree(const char *from, const char *to, files_choose *choose, gpointer data,
                         GError **error);

/* One file. `to` does not exist. */
gboolean files_copy(const char *from, const char *to, GError **error);
gboolean files_link(const char *from, const char *to, GError **error);

/* Removes a file, or a folder and all that is in it; none is no failure. */
gboolean files_remove(const char *path, GError **error);

/* Bytes on the disk of what is in a folder and nowhere else: neither files that other handsets
 * share, nor what links lead to. */
guint64 files_size(const char *folder);

/*
 * A new hidden folder beside `dir`, made while *fd, for files_release(), holds it: work that a
 * killed process has left there is removed by the next one. Free with g_free(); NULL and `error`.
 */
char *files_begin(const char *dir, int *fd, GError **error);

/* The folder `work` becomes `dir`, which does not exist, or takes its place; what was there is
 * removed then. */
gboolean files_commit(const char *work, const char *dir, GError **error);

/* Gives `dir` the name of work that is to be removed, free it with g_free(). NULL and `error`. */
char *files_set_aside(const char *dir, GError **error);

/*
 * Holds a handset: `alone`, against phones and others who change it, else against those that
 * change it. Returns a descriptor for files_release(); -1 and HANDSET_ERROR_BUSY.
 */
int files_hold(const char *dir, gboolean alone, GError **error);
void files_release(int fd);

#endif
