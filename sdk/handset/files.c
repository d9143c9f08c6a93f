/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "../pack/tool.h"
#include "error.h"

#define WORK ".new-" /* in the name of a folder of files_begin() */

gboolean files_copy(const char *from, const char *to, GError **error)
{
    const char *const cp[] = {"cp", "-pL", "--sparse=always", "--reflink=auto", "--", from,
                              to,   NULL};

    return pack_tool_run(cp, 0, error);
}

gboolean files_link(const char *from, const char *to, GError **error)
{
    g_autofree char *real = realpath(from, NULL);

    return link(real ? real : from, to) == 0 || files_copy(from, to, error);
}

static gboolean symlink_to(const char *from, const char *to, GError **error)
{
    g_autofree char *real = realpath(from, NULL);

    return symlink(real ? real : from, to) == 0 || handset_fail_errno(error, to, "make this link");
}

static gboolean copy_one(enum files_way way, const char *from, const char *to, GError **error)
{
    switch (way) {
    case FILES_SKIP:
        return TRUE;
    case FILES_COPY:
        return files_copy(from, to, error);
    case FILES_LINK:
        return files_link(from, to, error);
    default:
        return symlink_to(from, to, error);
    }
}

struct tree {
    const char *from, *to; /* folders */
    files_choose *choose;
    gpointer data;
};

static gboolean copy_folder(const struct tree *tree, const char *path, GError **error);

static gboolean copy_entry(const struct tree *tree, const char *path, GError **error)
{
    g_autofree char *from = g_build_filename(tree->from, path, NULL);
    g_autofree char *to = g_build_filename(tree->to, path, NULL);
    gboolean is_folder = g_file_test(from, G_FILE_TEST_IS_DIR);
    enum files_way way = tree->choose(tree->data, path, is_folder);

    if (!is_folder) {
        return copy_one(way, from, to, error);
    }
    if (way == FILES_SKIP) {
        return TRUE;
    }
    if (g_mkdir(to, 0700) != 0) {
        return handset_fail_errno(error, to, "make this folder");
    }
    return copy_folder(tree, path, error);
}

static gboolean copy_folder(const struct tree *tree, const char *path, GError **error)
{
    g_autofree char *from = g_build_filename(tree->from, path, NULL);
    g_autoptr(GDir) dir = g_dir_open(from, 0, error);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *inside = *path ? g_build_filename(path, name, NULL) : g_strdup(name);
        if (!copy_entry(tree, inside, error)) {
            return FALSE;
        }
    }
    return dir != NULL;
}

gboolean files_copy_tree(const char *from, const char *to, files_choose *choose, gpointer data,
                         GError **error)
{
    const struct tree tree = {from, to, choose, data};

    return copy_folder(&tree, "", error);
}

gboolean files_remove(const char *path, GError **error)
{
    const char *const rm[] = {"rm", "-rf", "--", path, NULL};

    return pack_tool_run(rm, 0, error);
}

guint64 files_size(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    guint64 bytes = 0;
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        GStatBuf info;
        if (g_lstat(path, &info) == 0) {
            bytes += S_ISDIR(info.st_mode) ? files_size(path)
                     : info.st_nlink == 1  ? (guint64)info.st_blocks * 512
                                           : 0;
        }
    }
    return bytes;
}

/* What a process that does not live any more has left. */
static void sweep(const char *root)
{
    g_autoptr(GDir) dir = g_dir_open(root, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(root, name, NULL);
        int fd = name[0] == '.' && strstr(name, WORK) ? files_hold(path, TRUE, NULL) : -1;
        if (fd >= 0) {
            files_remove(path, NULL);
            close(fd);
        }
    }
}

char *files_begin(const char *dir, int *fd, GError **error)
{
    g_autofree char *root = g_path_get_dirname(dir), *name = g_path_get_basename(dir);
    g_autofree char *work = g_strdup_printf("%s/.%s" WORK "XXXXXX", root, name);

    if (g_mkdir_with_parents(root, 0700) != 0) {
        handset_fail_errno(error, root, "make this folder");
        return NULL;
    }
    sweep(root);
    if (!g_mkdtemp(work)) {
        handset_fail_errno(error, root, "make a folder there");
        return NULL;
    }
    *fd = files_hold(work, TRUE, error);
    return *fd >= 0 ? g_steal_pointer(&work) : NULL;
}

gboolean files_commit(const char *work, const char *dir, GError **error)
{
    if (renameat2(AT_FDCWD, work, AT_FDCWD, dir, RENAME_NOREPLACE) == 0) {
        return TRUE;
    }
    if (errno != EEXIST || renameat2(AT_FDCWD, work, AT_FDCWD, dir, RENAME_EXCHANGE) != 0) {
        return handset_fail_errno(error, dir, "make this folder");
    }
    return files_remove(work, error);
}

char *files_set_aside(const char *dir, GError **error)
{
    g_autofree char *root = g_path_get_dirname(dir), *name = g_path_get_basename(dir);
    g_autofree char *gone = g_strdup_printf("%s/.%s" WORK "%08x", root, name, g_random_int());

    if (g_rename(dir, gone) != 0) {
        handset_fail_errno(error, dir, "remove it");
        return NULL;
    }
    return g_steal_pointer(&gone);
}

void files_release(int fd)
{
    if (fd >= 0) {
        close(fd);
    }
}

int files_hold(const char *dir, gboolean alone, GError **error)
{
    int fd = g_open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0 && flock(fd, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) {
        return fd;
    }
    if (fd >= 0 && errno == EWOULDBLOCK) {
        handset_fail(error, HANDSET_ERROR_BUSY,
                     "%s: a phone runs from it, or another booth changes it; 'booth stop' ends the "
                     "phone",
                     dir);
    } else {
        handset_fail_errno(error, dir, "hold this folder");
    }
    files_release(fd);
    return -1;
}
