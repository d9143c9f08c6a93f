/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tar.h"

enum { DEPTH = 64, CHUNK = 1 << 16 };

struct writer {
    struct archive *archive;
    enum tar_flags flags;
};

/* Of what libarchive says: a reader that has gone is a case of its own. */
static gboolean fail_archive(struct archive *archive, const char *path, GError **error)
{
    g_set_error(error, G_FILE_ERROR,
                archive_errno(archive) == EPIPE ? G_FILE_ERROR_PIPE : G_FILE_ERROR_FAILED, "%s: %s",
                path, archive_error_string(archive));
    return FALSE;
}

static gboolean fail(const char *path, const char *why, GError **error)
{
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", path, why);
    return FALSE;
}

static gboolean write_content(struct writer *writer, const char *path, gint64 size, GError **error)
{
    char bytes[CHUNK];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    gint64 left = size;
    gssize got = 1;

    if (descriptor < 0) {
        return fail(path, g_strerror(errno), error);
    }
    while (left > 0 && (got = read(descriptor, bytes, (gsize)MIN(left, CHUNK))) > 0) {
        if (archive_write_data(writer->archive, bytes, (gsize)got) != got) {
            close(descriptor);
            return fail_archive(writer->archive, path, error);
        }
        left -= got;
    }
    int why = errno;
    close(descriptor);
    return left == 0 || fail(path, got == 0 ? "it has become shorter" : g_strerror(why), error);
}

static gboolean describe(struct archive_entry *entry, const char *path, const struct stat *about,
                         GError **error)
{
    if (S_ISREG(about->st_mode)) {
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, about->st_size);
    } else if (S_ISDIR(about->st_mode)) {
        archive_entry_set_filetype(entry, AE_IFDIR);
    } else if (S_ISLNK(about->st_mode)) {
        g_autofree char *target = g_file_read_link(path, error);
        if (target == NULL) {
            return FALSE;
        }
        archive_entry_set_filetype(entry, AE_IFLNK);
        archive_entry_set_symlink(entry, target);
    } else {
        return fail(path, "is no file, folder or link", error);
    }
    archive_entry_set_perm(entry, about->st_mode & 0111 ? 0755 : 0644);
    return TRUE;
}

static gboolean write_one(struct writer *writer, const char *path, const char *name,
                          const struct stat *about, GError **error)
{
    struct archive_entry *entry = archive_entry_new();
    gboolean done = describe(entry, path, about, error);

    archive_entry_set_pathname(entry, name);
    archive_entry_set_mtime(entry, writer->flags & TAR_REPRODUCIBLE ? 0 : about->st_mtime, 0);
    if (done && archive_write_header(writer->archive, entry) != ARCHIVE_OK) {
        done = fail_archive(writer->archive, path, error);
    }
    archive_entry_free(entry);
    return done && (!S_ISREG(about->st_mode) || write_content(writer, path, about->st_size, error));
}

static gint by_name(gconstpointer one, gconstpointer other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static GPtrArray *names_in(const char *path, GError **error)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, error);
    GPtrArray *names = folder ? g_ptr_array_new_with_free_func(g_free) : NULL;
    const char *name;

    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        g_ptr_array_add(names, g_strdup(name));
    }
    if (names != NULL) {
        g_ptr_array_sort(names, by_name);
    }
    return names;
}

static gboolean write_tree(struct writer *writer, const char *path, const char *name, int depth,
                           GError **error)
{
    struct stat about;

    if (g_lstat(path, &about) != 0) {
        return fail(path, g_strerror(errno), error);
    }
    if (depth > DEPTH) {
        return fail(path, "too many folders in each other", error);
    }
    if (!write_one(writer, path, name, &about, error)) {
        return FALSE;
    }
    g_autoptr(GPtrArray) names = S_ISDIR(about.st_mode) ? names_in(path, error) : NULL;
    for (guint i = 0; names != NULL && i < names->len; i++) {
        g_autofree char *inside = g_build_filename(path, names->pdata[i], NULL);
        g_autofree char *called = g_strdup_printf("%s/%s", name, (char *)names->pdata[i]);
        if (!write_tree(writer, inside, called, depth + 1, error)) {
            return FALSE;
        }
    }
    return names != NULL || !S_ISDIR(about.st_mode);
}

gboolean tar_write(int descriptor, const struct tar_item *items, enum tar_flags flags,
                   GError **error)
{
    struct writer writer = {archive_write_new(), flags};
    gboolean done = TRUE;

    archive_write_set_format_pax_restricted(writer.archive);
    if (flags & TAR_ZSTD) {
        archive_write_add_filter_zstd(writer.archive);
    } else if (flags & TAR_GZIP) {
        archive_write_add_filter_gzip(writer.archive);
    }
    if (archive_write_open_fd(writer.archive, descriptor) != ARCHIVE_OK) {
        done = fail_archive(writer.archive, "archive", error);
    }
    for (const struct tar_item *item = items; done && item->path != NULL; item++) {
        done = write_tree(&writer, item->path, item->name, 0, error);
    }
    if (done && archive_write_close(writer.archive) != ARCHIVE_OK) {
        done = fail_archive(writer.archive, "archive", error);
    }
    archive_write_free(writer.archive);
    return done;
}
