/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Everything in a bundle is what somebody says: names, sizes, what lies over what. */
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "holes.h"
#include "snapshot/bundle.h"
#include "snapshot/bundle_private.h"
#include "snapshot/failure.h"
#include "snapshot/header.h"
#include "snapshot/layer.h"

#define FILES_MAX  64u
#define HEADER_MAX (16ll << 20)
#define SCREEN_MAX (64ll << 20)
#define STATE_MORE (256ll << 20) /* of the state, besides the board's memory */
#define LAYER_MORE (64ll << 20)  /* of a layer, besides the disk's size */

struct import {
    const struct store *store;
    const struct handset *handset;
    char *dir;          /* files lie here under their names in the archive */
    GHashTable *names;  /* what is there */
    GHashTable *placed; /* layer's name in the archive to the one that it gets */
    GPtrArray *paths;   /* in snapshots/disks, to be removed if it fails */
};

static bool refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool refuse(GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not a snapshot to import: %s", what);
    return false;
}

/* The disk that a file of the archive is of, by its name; -1: of none. */
static int slot_of(const struct handset *handset, const char *name)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        g_autofree char *member = bundle_member(i, name);
        if (strcmp(name, member) == 0 && handset->emmc[i] && i != HANDSET_EMMC_SYSTEM) {
            return (int)i;
        }
    }
    return -1;
}

/* The most bytes that a file of that name may have; -1: there is none of that name. */
static gint64 most(const struct handset *handset, const char *name)
{
    int slot = slot_of(handset, name);
    uint64_t size;

    if (slot >= 0) {
        return layer_disk_size(handset->emmc[slot], &size, NULL) ? (gint64)size + LAYER_MORE : -1;
    }
    return strcmp(name, STORE_HEADER) == 0   ? HEADER_MAX
           : strcmp(name, STORE_SCREEN) == 0 ? SCREEN_MAX
           : strcmp(name, STORE_STATE) == 0  ? ((gint64)handset->memory_mib << 20) + STATE_MORE
                                             : -1;
}

static bool write_data(struct archive *archive, int fd, const char *name, gint64 size,
                       GError **error)
{
    switch (holes_take(archive, fd, size)) {
    case HOLES_DONE:
        return true;
    case HOLES_LONGER:
        return refuse(error, "%s is longer than it says", name);
    case HOLES_FILE:
        return failure_errno(error, "write", name);
    default:
        return refuse(error, "%s", archive_error_string(archive));
    }
}

static bool take_file(struct import *import, struct archive *archive, const char *name, gint64 size,
                      GError **error)
{
    g_autofree char *path = g_build_filename(import->dir, name, NULL);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool done;

    if (fd < 0) {
        return failure_errno(error, "write", path);
    }
    g_hash_table_add(import->names, g_strdup(name));
    done = ftruncate(fd, size) == 0 || failure_errno(error, "write", path);
    done = done && write_data(archive, fd, name, size, error);
    close(fd);
    return done;
}

static bool take_entry(struct import *import, struct archive *archive, struct archive_entry *entry,
                       GError **error)
{
    const char *name = archive_entry_pathname_utf8(entry);
    gint64 size = archive_entry_size(entry);
    gint64 limit = name ? most(import->handset, name) : -1;

    if (limit < 0 || archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry)) {
        return refuse(error, "'%.64s' is no file of one", name ? name : "");
    }
    if (!archive_entry_size_is_set(entry) || size < 0 || size > limit) {
        return refuse(error,
                      "%s has %" G_GINT64_FORMAT " bytes, at most %" G_GINT64_FORMAT
                      " fit this handset",
                      name, size, limit);
    }
    if (g_hash_table_contains(import->names, name) ||
        g_hash_table_size(import->names) >= FILES_MAX) {
        return refuse(error, "%s is there twice, or there are too many files", name);
    }
    return take_file(import, archive, name, size, error);
}

static bool take_entries(struct import *import, struct archive *archive, GError **error)
{
    struct archive_entry *entry;
    int result;

    while ((result = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
        if (!take_entry(import, archive, entry, error)) {
            return false;
        }
    }
    return result == ARCHIVE_EOF || refuse(error, "%s", archive_error_string(archive));
}

static bool take_archive(struct import *import, const char *file, GError **error)
{
    struct archive *archive = archive_read_new();
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    bool done;

    archive_read_support_format_tar(archive);
    archive_read_support_filter_zstd(archive);
    if (fd < 0) {
        done = failure_errno(error, "read", file);
    } else if (archive_read_open_fd(archive, fd, 1 << 16) != ARCHIVE_OK) {
        done = refuse(error, "%s", archive_error_string(archive));
    } else {
        done = take_entries(import, archive, error);
    }
    archive_read_free(archive);
    if (fd >= 0) {
        close(fd);
    }
    return done;
}

static bool slot_is_base(unsigned slot, const char *name)
{
    g_autofree char *base = bundle_member(slot, NULL);

    return strcmp(name, base) == 0;
}

/* A file of the archive becomes a layer, or what the lowest lies over, under a new name. */
static char *place(struct import *import, unsigned slot, const char *name, GError **error)
{
    g_autofree char *from = g_build_filename(import->dir, name, NULL);
    bool lowest = slot_is_base(slot, name);
    char *new_name = header_new_layer(slot, lowest ? HEADER_RAW : HEADER_QCOW2);
    g_autofree char *to = g_build_filename(import->store->disks, new_name, NULL);

    if (g_rename(from, to) != 0) {
        failure_errno(error, "move", from);
        g_free(new_name);
        return NULL;
    }
    g_ptr_array_add(import->paths, g_strdup(to));
    g_hash_table_insert(import->placed, g_strdup(name), new_name);
    return new_name;
}

/* The disk of the slot, from its highest layer down; each is told the new name of what is below.
 * Returns the new name of the highest. */
static const char *place_disk(struct import *import, unsigned slot, const char *layer,
                              GError **error)
{
    g_autofree char *name = bundle_member(slot, layer);
    const char *highest = NULL;
    g_autofree char *above = NULL; /* path */

    for (;;) {
        if (!g_hash_table_remove(import->names, name)) { /* so none can be taken twice */
            refuse(error, "%s is missing, or lies over itself", name);
            return NULL;
        }
        bool lowest = slot_is_base(slot, name);
        g_autofree char *path = g_build_filename(import->dir, name, NULL);
        g_autofree char *below = lowest ? NULL : layer_below(path, error);
        const char *placed = lowest || below ? place(import, slot, name, error) : NULL;
        if (!placed || (above && !layer_set_below(above, placed, error))) {
            return NULL;
        }
        highest = highest ? highest : placed;
        if (lowest) {
            return highest;
        }
        g_free(above);
        above = g_build_filename(import->store->disks, placed, NULL);
        g_free(name);
        name = bundle_member(slot, below);
    }
}

static bool place_disks(struct import *import, struct snapshot_header *header, GError **error)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        bool has = import->handset->emmc[i] && i != HANDSET_EMMC_SYSTEM;
        if (!has && header->layer[i]) {
            return refuse(error, "this handset has no disk %u", i);
        }
        if (has) {
            const char *highest = place_disk(import, i, header->layer[i], error);
            if (!highest) {
                return false;
            }
            g_free(header->layer[i]);
            header->layer[i] = g_strdup(highest);
        }
    }
    return true;
}

/* Files of a disk that none of its layers lies over: no part of a snapshot. */
static bool nothing_left(struct import *import, GError **error)
{
    GHashTableIter names;
    gpointer name;

    g_hash_table_iter_init(&names, import->names);
    while (g_hash_table_iter_next(&names, &name, NULL)) {
        if (slot_of(import->handset, name) >= 0) {
            return refuse(error, "%s is below no disk", (const char *)name);
        }
    }
    return true;
}

static bool finish(struct import *import, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(import->dir, STORE_HEADER, NULL);
    g_autoptr(snapshot_header) header = NULL;

    if (!g_hash_table_contains(import->names, STORE_HEADER)) {
        return refuse(error, "it has no " STORE_HEADER);
    }
    header = header_read(path, error);
    if (!header) {
        return false;
    }
    if (header->phone && !g_hash_table_contains(import->names, STORE_STATE)) {
        return refuse(error, "it has no " STORE_STATE);
    }
    return place_disks(import, header, error) && nothing_left(import, error) &&
           header_write(header, path, error) &&
           store_commit(import->store, import->dir, name, error);
}

bool bundle_import(const struct store *store, const struct handset *handset, const char *name,
                   const char *file, GError **error)
{
    struct import import = {.store = store, .handset = handset, .dir = store_begin(store, error)};
    bool done;

    if (!import.dir) {
        return false;
    }
    import.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    import.placed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    import.paths = g_ptr_array_new_with_free_func(g_free);
    done = take_archive(&import, file, error) && finish(&import, name, error);
    if (!done) {
        for (guint i = 0; i < import.paths->len; i++) {
            g_unlink(import.paths->pdata[i]);
        }
        store_abandon(import.dir);
    }
    g_hash_table_unref(import.names);
    g_hash_table_unref(import.placed);
    g_ptr_array_unref(import.paths);
    g_free(import.dir);
    return done;
}
