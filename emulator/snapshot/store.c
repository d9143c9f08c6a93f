/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/store.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/failure.h"
#include "snapshot/translated.h"

#define NEW ".new-" /* a snapshot that is being made */
#define OLD ".old-" /* one that is being removed */

void store_init(struct store *store, const char *handset_dir)
{
    store->root = g_build_filename(handset_dir, "snapshots", NULL);
    store->disks = g_build_filename(store->root, "disks", NULL);
}

void store_clear(struct store *store)
{
    g_free(store->root);
    g_free(store->disks);
}

bool store_lock(const char *handset_dir, GError **error)
{
    int fd = open(handset_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) {
        return true; /* the descriptor stays open: the lock ends with the process */
    }
    if (fd >= 0 && errno == EWOULDBLOCK) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_BUSY,
                    "another phone runs from %s; `booth stop` ends it, --try runs beside it",
                    handset_dir);
    } else {
        failure_errno(error, "lock", handset_dir);
    }
    if (fd >= 0) {
        close(fd);
    }
    return false;
}

bool store_is_name(const char *name)
{
    gsize length = strlen(name);

    return length > 0 && length <= STORE_NAME_MAX && name[0] != '.' && name[0] != '-' &&
           strspn(name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.") == length &&
           strcmp(name, "disks") != 0 && !g_str_has_suffix(name, ".json");
}

char *store_path(const struct store *store, const char *name, const char *file)
{
    return g_build_filename(store->root, name, file, NULL);
}

bool store_has(const struct store *store, const char *name)
{
    g_autofree char *header = store_path(store, name, STORE_HEADER);

    return store_is_name(name) && g_file_test(header, G_FILE_TEST_IS_REGULAR);
}

static gint compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **store_list(const struct store *store)
{
    g_autoptr(GDir) dir = g_dir_open(store->root, 0, NULL);
    GPtrArray *names = g_ptr_array_new();
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        if (store_has(store, name)) {
            g_ptr_array_add(names, g_strdup(name));
        }
    }
    g_ptr_array_sort(names, compare);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

char *store_begin(const struct store *store, GError **error)
{
    g_autofree char *dir = g_build_filename(store->root, NEW "XXXXXX", NULL);

    if (g_mkdir_with_parents(store->disks, 0700) != 0) {
        failure_errno(error, "make the folder", store->disks);
        return NULL;
    }
    if (!g_mkdtemp(dir)) {
        failure_errno(error, "make the folder", dir);
        return NULL;
    }
    return g_steal_pointer(&dir);
}

static bool sync_path(const char *path, int flags, GError **error)
{
    int fd = open(path, flags | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;

    if (!done) {
        failure_errno(error, "flush", path);
    }
    if (fd >= 0) {
        close(fd);
    }
    return done;
}

static bool sync_all(const char *dir, GError **error)
{
    g_autoptr(GDir) files = g_dir_open(dir, 0, error);
    const char *name;

    if (!files) {
        return false;
    }
    while ((name = g_dir_read_name(files))) {
        g_autofree char *path = g_build_filename(dir, name, NULL);
        if (!sync_path(path, O_RDONLY, error)) {
            return false;
        }
    }
    return sync_path(dir, O_RDONLY | O_DIRECTORY, error);
}

/* Only files: a snapshot has no folders. */
static bool remove_dir(const char *dir)
{
    g_autoptr(GDir) files = g_dir_open(dir, 0, NULL);
    g_autofree char *id = translated_read_id(dir);
    const char *name;

    while (files && (name = g_dir_read_name(files))) {
        g_autofree char *path = g_build_filename(dir, name, NULL);
        g_unlink(path);
    }
    translated_remove(id);
    return g_rmdir(dir) == 0;
}

void store_abandon(const char *dir)
{
    remove_dir(dir);
}

bool store_commit(const struct store *store, const char *dir, const char *name, GError **error)
{
    g_autofree char *path = store_path(store, name, NULL);

    if (!sync_all(dir, error)) {
        return false;
    }
    if (renameat2(AT_FDCWD, dir, AT_FDCWD, path, RENAME_NOREPLACE) != 0) {
        if (errno != EEXIST || renameat2(AT_FDCWD, dir, AT_FDCWD, path, RENAME_EXCHANGE) != 0) {
            return failure_errno(error, "make the snapshot", path);
        }
        if (sync_path(store->root, O_RDONLY | O_DIRECTORY, error)) {
            remove_dir(dir); /* the one that it replaced */
        }
    }
    return sync_path(store->root, O_RDONLY | O_DIRECTORY, error);
}

bool store_delete(const struct store *store, const char *name, GError **error)
{
    g_autofree char *path = store_path(store, name, NULL);
    g_autofree char *aside = g_strdup_printf("%s/" OLD "%s", store->root, name);

    if (!store_has(store, name)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no snapshot '%s'", name);
        return false;
    }
    remove_dir(aside);
    if (g_rename(path, aside) != 0 || !remove_dir(aside)) {
        return failure_errno(error, "remove", path);
    }
    return true;
}

void store_sweep(const struct store *store)
{
    g_autoptr(GDir) dir = g_dir_open(store->root, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        if (g_str_has_prefix(name, NEW) || g_str_has_prefix(name, OLD)) {
            g_autofree char *path = g_build_filename(store->root, name, NULL);
            remove_dir(path);
        }
    }
}

guint64 store_size(const struct store *store, const char *name)
{
    g_autofree char *path = store_path(store, name, NULL);
    g_autoptr(GDir) files = g_dir_open(path, 0, NULL);
    const char *file;
    struct stat info;
    guint64 sum = 0;

    while (files && (file = g_dir_read_name(files))) {
        g_autofree char *full = g_build_filename(path, file, NULL);
        if (stat(full, &info) == 0) {
            sum += (guint64)info.st_blocks * 512;
        }
    }
    return sum;
}
