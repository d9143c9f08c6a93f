/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "holes.h"
#include "snapshot/bundle.h"
#include "snapshot/bundle_private.h"
#include "snapshot/failure.h"
#include "snapshot/header.h"
#include "snapshot/layer.h"

static bool archive_fail(GError **error, struct archive *archive)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot write the archive: %s",
                archive_error_string(archive));
    return false;
}

static bool write_bytes(struct archive *archive, int fd, off_t size, GError **error)
{
    enum holes result = holes_give(archive, fd, size);

    return result == HOLES_DONE ||
           (result == HOLES_FILE ? failure_errno(error, "read", "a file of the snapshot")
                                 : archive_fail(error, archive));
}

static bool add_fd(struct archive *archive, int fd, const char *name, GError **error)
{
    struct archive_entry *entry = archive_entry_new();
    struct stat info;
    bool done = fstat(fd, &info) == 0 || failure_errno(error, "look at", name);

    if (done) {
        archive_entry_set_pathname(entry, name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0600);
        archive_entry_set_size(entry, info.st_size);
        holes_note(entry, fd, info.st_size);
        done = archive_write_header(archive, entry) == ARCHIVE_OK || archive_fail(error, archive);
    }
    archive_entry_free(entry);
    return done && write_bytes(archive, fd, info.st_size, error);
}

static bool add_file(struct archive *archive, const char *path, const char *name, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool done = fd >= 0 ? add_fd(archive, fd, name, error) : failure_errno(error, "read", path);

    if (fd >= 0) {
        close(fd);
    }
    return done;
}

/* The layer and those below it, down to the image that they lie over. */
static bool add_disk(struct archive *archive, const struct store *store,
                     const struct handset *handset, unsigned slot, const char *layer,
                     GError **error)
{
    g_autofree char *base = bundle_member(slot, NULL);
    g_autofree char *name = g_strdup(layer);

    for (;;) {
        g_autofree char *member = bundle_member(slot, name);
        bool lowest = strcmp(member, base) == 0;
        g_autofree char *path = name && header_is_layer(name, slot)
                                    ? g_build_filename(store->disks, name, NULL)
                                    : g_strdup(handset->emmc[slot]);
        char *below = lowest ? NULL : layer_below(path, error);
        bool done = (lowest || below) && add_file(archive, path, member, error);
        g_free(name);
        name = below;
        if (!done || lowest) {
            return done;
        }
    }
}

static bool add_all(struct archive *archive, const struct store *store,
                    const struct handset *handset, const char *snapshot, GError **error)
{
    static const char *const files[] = {STORE_HEADER, STORE_SCREEN, STORE_STATE};
    g_autofree char *path = store_path(store, snapshot, STORE_HEADER);
    g_autoptr(snapshot_header) header = header_read(path, error);

    for (unsigned i = 0; header && i < HANDSET_MAX_EMMC; i++) {
        if (handset->emmc[i] && i != HANDSET_EMMC_SYSTEM &&
            !add_disk(archive, store, handset, i, header->layer[i], error)) {
            return false;
        }
    }
    for (unsigned i = 0; header && i < G_N_ELEMENTS(files); i++) {
        g_autofree char *file = store_path(store, snapshot, files[i]);
        if (g_file_test(file, G_FILE_TEST_EXISTS) && !add_file(archive, file, files[i], error)) {
            return false;
        }
    }
    return header != NULL;
}

static bool write_archive(const struct store *store, const struct handset *handset,
                          const char *name, int fd, GError **error)
{
    struct archive *archive = archive_write_new();
    bool done = archive_write_set_format_pax(archive) == ARCHIVE_OK &&
                archive_write_add_filter_zstd(archive) == ARCHIVE_OK &&
                archive_write_open_fd(archive, fd) == ARCHIVE_OK;

    done = done ? add_all(archive, store, handset, name, error) : archive_fail(error, archive);
    if (done && archive_write_close(archive) != ARCHIVE_OK) {
        done = archive_fail(error, archive);
    }
    archive_write_free(archive);
    return done;
}

bool bundle_export(const struct store *store, const struct handset *handset, const char *name,
                   const char *file, GError **error)
{
    g_autofree char *temporary = g_strconcat(file, ".XXXXXX", NULL);
    int fd = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC, 0600);
    bool done;

    if (fd < 0) {
        return failure_errno(error, "write", file);
    }
    done = write_archive(store, handset, name, fd, error);
    if (done && (fsync(fd) != 0 || g_rename(temporary, file) != 0)) {
        done = failure_errno(error, "write", file);
    }
    close(fd);
    if (!done) {
        g_unlink(temporary);
    }
    return done;
}
