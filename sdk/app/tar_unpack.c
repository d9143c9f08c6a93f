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

enum { NAME_MOST = 1024, CHUNK = 1 << 16 };

struct unpacking {
    struct archive *archive;
    int folder; /* where to */
    const struct tar_limits *limits;
    gint64 bytes; /* that are still allowed */
    guint entries;
};

static gboolean fail(const char *name, const char *why, GError **error)
{
    g_autofree char *shown = g_strescape(name ? name : "archive", NULL);

    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%.200s: %s", shown, why);
    return FALSE;
}

/* Does not begin at the root and does not climb; "." and empty parts are none. */
static gboolean is_plain(const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);

    for (char **part = parts; *part != NULL; part++) {
        gboolean last = part[1] == NULL && part != parts; /* folders may end with a slash */
        if (strcmp(*part, ".") == 0 || strcmp(*part, "..") == 0 || (**part == '\0' && !last)) {
            return FALSE;
        }
    }
    return parts[0] != NULL;
}

/* How deep in the archive a relative link ends at its deepest climb; FALSE: outside. */
static gboolean stays_inside(const char *name, const char *target)
{
    g_autofree char *folder = g_path_get_dirname(name);
    g_auto(GStrv) above = g_strsplit(folder, "/", -1);
    g_auto(GStrv) parts = g_strsplit(target, "/", -1);
    int depth = strcmp(folder, ".") == 0 ? 0 : (int)g_strv_length(above);

    for (char **part = parts; *part != NULL && depth >= 0; part++) {
        if (strcmp(*part, "..") == 0) {
            depth--;
        } else if (**part != '\0' && strcmp(*part, ".") != 0) {
            depth++;
        }
    }
    return target[0] != '/' && target[0] != '\0' && depth >= 0;
}

/*
 * The folder that an entry goes into, opened, with those above it made; no link is followed. -1:
 * error, errno says which.
 */
static int parent_of(int top, const char *name)
{
    g_autofree char *folder = g_path_get_dirname(name);
    g_auto(GStrv) parts = g_strsplit(folder, "/", -1);
    int at = dup(top);

    for (char **part = parts; at >= 0 && *part != NULL; part++) {
        int next = -1;
        if (mkdirat(at, *part, 0755) == 0 || errno == EEXIST) {
            next = openat(at, *part, O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_RDONLY);
        }
        int why = errno;
        close(at);
        errno = why;
        at = next;
    }
    return at;
}

static gboolean unpack_content(struct unpacking *unpacking, int file, const char *name,
                               GError **error)
{
    char bytes[CHUNK];
    gssize got;

    while ((got = archive_read_data(unpacking->archive, bytes, sizeof(bytes))) > 0) {
        unpacking->bytes -= got;
        if (unpacking->bytes < 0) {
            return fail(name, "the archive's files are too large", error);
        }
        for (gssize done = 0, now; done < got; done += now) {
            now = write(file, bytes + done, (gsize)(got - done));
            if (now < 0) {
                return fail(name, g_strerror(errno), error);
            }
        }
    }
    return got == 0 || fail(name, archive_error_string(unpacking->archive), error);
}

static gboolean unpack_file(struct unpacking *unpacking, struct archive_entry *entry, int parent,
                            const char *last, GError **error)
{
    mode_t mode = archive_entry_perm(entry) & 0111 ? 0755 : 0644;
    int file = openat(parent, last, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);

    if (file < 0) {
        return fail(last, errno == EEXIST ? "it is there twice" : g_strerror(errno), error);
    }
    gboolean done = unpack_content(unpacking, file, last, error);
    if (close(file) != 0 && done) {
        done = fail(last, g_strerror(errno), error);
    }
    return done;
}

static gboolean unpack_link(const struct unpacking *unpacking, const char *name, const char *target,
                            int parent, const char *last, GError **error)
{
    if (target == NULL || (unpacking->limits->inside && !stays_inside(name, target))) {
        return fail(name, "a link that leads out of the archive", error);
    }
    return symlinkat(target, parent, last) == 0 ||
           fail(name, errno == EEXIST ? "it is there twice" : g_strerror(errno), error);
}

static gboolean unpack_at(struct unpacking *unpacking, struct archive_entry *entry,
                          const char *name, int parent, GError **error)
{
    g_autofree char *last = g_path_get_basename(name);

    switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
        return unpack_file(unpacking, entry, parent, last, error);
    case AE_IFDIR:
        return mkdirat(parent, last, 0755) == 0 || errno == EEXIST ||
               fail(name, g_strerror(errno), error);
    case AE_IFLNK:
        return unpack_link(unpacking, name, archive_entry_symlink(entry), parent, last, error);
    default:
        return fail(name, "is no file, folder or link", error);
    }
}

static gboolean unpack_entry(struct unpacking *unpacking, struct archive_entry *entry,
                             GError **error)
{
    g_autofree char *name = g_strdup(archive_entry_pathname(entry));

    if (++unpacking->entries > unpacking->limits->entries) {
        return fail(name, "the archive has too many files", error);
    }
    if (name == NULL || strlen(name) > NAME_MOST || !g_utf8_validate(name, -1, NULL) ||
        !is_plain(name)) {
        return fail(name, "a name that leads out of the archive, or is none", error);
    }
    if (archive_entry_hardlink(entry) != NULL) {
        return fail(name, "is no file, folder or link", error);
    }
    if (g_str_has_suffix(name, "/")) {
        name[strlen(name) - 1] = '\0';
    }
    int parent = parent_of(unpacking->folder, name);
    if (parent < 0) {
        return fail(name, g_strerror(errno), error);
    }
    gboolean done = unpack_at(unpacking, entry, name, parent, error);
    close(parent);
    return done;
}

static gboolean unpack_all(struct unpacking *unpacking, GError **error)
{
    struct archive_entry *entry;
    int result;

    while ((result = archive_read_next_header(unpacking->archive, &entry)) == ARCHIVE_OK) {
        if (!unpack_entry(unpacking, entry, error)) {
            return FALSE;
        }
    }
    return result == ARCHIVE_EOF || fail(NULL, archive_error_string(unpacking->archive), error);
}

gboolean tar_unpack(int descriptor, const char *folder, const struct tar_limits *limits,
                    GError **error)
{
    struct unpacking unpacking = {.archive = archive_read_new(),
                                  .folder = open(folder, O_DIRECTORY | O_RDONLY | O_CLOEXEC),
                                  .limits = limits,
                                  .bytes = limits->bytes};
    gboolean done = FALSE;

    archive_read_support_format_tar(unpacking.archive);
    archive_read_support_filter_zstd(unpacking.archive);
    if (unpacking.folder < 0) {
        fail(folder, g_strerror(errno), error);
    } else if (archive_read_open_fd(unpacking.archive, descriptor, CHUNK) != ARCHIVE_OK) {
        fail(NULL, archive_error_string(unpacking.archive), error);
    } else {
        done = unpack_all(&unpacking, error);
    }
    archive_read_free(unpacking.archive);
    close(unpacking.folder);
    return done;
}

void tar_remove(const char *folder)
{
    GDir *dir = g_file_test(folder, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *inside = g_build_filename(folder, name, NULL);
        tar_remove(inside);
    }
    g_clear_pointer(&dir, g_dir_close);
    g_remove(folder);
}
