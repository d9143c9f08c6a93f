/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Everything in the archive is what somebody says: names, sizes, formats. */
#include "persona_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "../lib/holes.h"
#include "../pack/format.h"
#include "error.h"
#include "places.h"

#define TEXT_MAX    (64ll << 10)
#define DATA_MAX    (1ll << 40)
#define DATA_LEAST  (16ll << 20)
#define HEAD        4096u
#define EXT_BOOT    1024 /* bytes before the superblock */
#define UUID_DIGITS 32u

static gboolean refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean refuse(GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    return handset_fail(error, HANDSET_ERROR_WRONG, "not a persona to import: %s", what);
}

/* The most bytes that a file of that name may have; -1: there is none of that name. */
static gint64 most(const char *name)
{
    if (strcmp(name, PERSONA_FILE_DATA) == 0) {
        return DATA_MAX;
    }
    return strcmp(name, PERSONA_FILE_INI) == 0 || strcmp(name, PERSONA_FILE_PROFILE) == 0 ? TEXT_MAX
                                                                                          : -1;
}

static gboolean write_data(struct archive *archive, int fd, const char *name, gint64 size,
                           GError **error)
{
    switch (holes_take(archive, fd, size)) {
    case HOLES_DONE:
        return TRUE;
    case HOLES_LONGER:
        return refuse(error, "%s is longer than it says", name);
    case HOLES_FILE:
        return handset_fail_errno(error, name, "write it");
    default:
        return refuse(error, "%s", archive_error_string(archive));
    }
}

/* A name that is there already: O_EXCL. */
static gboolean take_file(struct archive *archive, const char *to, const char *name, gint64 size,
                          GError **error)
{
    g_autofree char *path = g_build_filename(to, name, NULL);
    int fd = g_open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    gboolean done;

    if (fd < 0) {
        return refuse(error, "%s is there twice, or cannot be written", name);
    }
    done = ftruncate(fd, size) == 0 || handset_fail_errno(error, path, "write it");
    done = done && write_data(archive, fd, name, size, error);
    close(fd);
    return done;
}

static gboolean take_entry(struct archive *archive, struct archive_entry *entry, const char *to,
                           GError **error)
{
    const char *name = archive_entry_pathname_utf8(entry);
    gint64 size = archive_entry_size(entry), limit = name ? most(name) : -1;

    if (limit < 0 || archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry)) {
        g_autofree char *shown = g_utf8_make_valid(name ? name : "", -1);
        return refuse(error, "'%.64s' is no file of one", shown);
    }
    if (!archive_entry_size_is_set(entry) || size < 0 || size > limit) {
        return refuse(error,
                      "%s has %" G_GINT64_FORMAT " bytes, at most %" G_GINT64_FORMAT " are taken",
                      name, size, limit);
    }
    return take_file(archive, to, name, size, error);
}

static gboolean take_entries(struct archive *archive, const char *to, GError **error)
{
    struct archive_entry *entry;
    int result;

    while ((result = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
        if (!take_entry(archive, entry, to, error)) {
            return FALSE;
        }
    }
    return result == ARCHIVE_EOF || refuse(error, "%s", archive_error_string(archive));
}

static gboolean take_archive(const char *file, const char *to, GError **error)
{
    struct archive *archive = archive_read_new();
    int fd = g_open(file, O_RDONLY | O_CLOEXEC);
    gboolean done = FALSE;

    archive_read_support_format_tar(archive);
    archive_read_support_filter_zstd(archive);
    if (fd < 0) {
        handset_fail_errno(error, file, "read it");
    } else if (archive_read_open_fd(archive, fd, 1 << 16) != ARCHIVE_OK) {
        refuse(error, "%s", archive_error_string(archive));
    } else {
        done = take_entries(archive, to, error);
    }
    archive_read_free(archive);
    if (fd >= 0) {
        close(fd);
    }
    return done;
}

/*
 * The first KiB of an ext4 file system is not its own: a guest can have written another format's
 * mark there, which would make programs guess. It becomes zeros.
 */
static enum pack_format unmark(int fd, guint8 head[HEAD])
{
    if (pack_format_of(head, HEAD) != FORMAT_EXT) {
        guint8 bare[HEAD] = {0};

        memcpy(bare + EXT_BOOT, head + EXT_BOOT, HEAD - EXT_BOOT);
        if (pack_format_of(bare, HEAD) == FORMAT_EXT && pwrite(fd, bare, EXT_BOOT, 0) == EXT_BOOT) {
            memcpy(head, bare, HEAD);
        }
    }
    return pack_format_of(head, HEAD);
}

/* An ext4 image of its own: not one that names another file, not one that QEMU would have to guess
 * at. */
static gboolean check_data(const char *to, GError **error)
{
    g_autofree char *path = g_build_filename(to, PERSONA_FILE_DATA, NULL);
    guint8 head[HEAD] = {0};
    int fd = g_open(path, O_RDWR | O_CLOEXEC);
    gssize length = fd < 0 ? -1 : pread(fd, head, sizeof(head), 0);
    gint64 size = fd < 0 ? 0 : (gint64)lseek(fd, 0, SEEK_END);
    enum pack_format format = length < 0 ? FORMAT_UNKNOWN : unmark(fd, head);

    if (fd >= 0) {
        close(fd);
    }
    if (length < 0) {
        return refuse(error, "it has no " PERSONA_FILE_DATA);
    }
    if (size < DATA_LEAST || (size & (size - 1)) != 0) {
        return refuse(error,
                      PERSONA_FILE_DATA " has %" G_GINT64_FORMAT
                                        " bytes, which is no size of a data disk",
                      size);
    }
    return format == FORMAT_EXT ||
           refuse(error, PERSONA_FILE_DATA " is %s, not an ext4 file system",
                  pack_format_name(format));
}

static GKeyFile *read_ini(const char *to, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(to, name, NULL);
    g_autoptr(GKeyFile) ini = g_key_file_new();
    g_autoptr(GError) why = NULL;

    if (!g_key_file_load_from_file(ini, path, G_KEY_FILE_NONE, &why)) {
        refuse(error, "%s: %s", name, why->message);
        return NULL;
    }
    return g_steal_pointer(&ini);
}

static gboolean read_persona(struct persona_file *persona, const char *to, GError **error)
{
    g_autoptr(GKeyFile) ini = read_ini(to, PERSONA_FILE_INI, error);

    if (ini == NULL) {
        return FALSE;
    }
    int format = g_key_file_get_integer(ini, PERSONA_FILE_GROUP, "format", NULL);
    if (format != PERSONA_FILE_FORMAT) {
        return refuse(error, "it has format %d; this version knows %d", format,
                      PERSONA_FILE_FORMAT);
    }
    persona->name = g_key_file_get_string(ini, PERSONA_FILE_GROUP, "name", NULL);
    persona->image = g_key_file_get_string(ini, PERSONA_FILE_GROUP, "image", NULL);
    if (persona->name == NULL || !places_is_name(persona->name) || persona->image == NULL ||
        strlen(persona->image) != UUID_DIGITS ||
        strspn(persona->image, "0123456789abcdef") != UUID_DIGITS) {
        return refuse(error, PERSONA_FILE_INI ": name or image is missing, or wrong");
    }
    return TRUE;
}

gboolean persona_file_read(struct persona_file *persona, const char *file, const char *to,
                           GError **error)
{
    *persona = (struct persona_file){0};
    if (!take_archive(file, to, error) || !read_persona(persona, to, error) ||
        !check_data(to, error)) {
        return FALSE;
    }
    persona->profile = read_ini(to, PERSONA_FILE_PROFILE, error);
    if (persona->profile == NULL) {
        return FALSE;
    }
    persona_file_strip(persona->profile);
    return TRUE;
}

void persona_file_strip(GKeyFile *profile)
{
    for (const char *const *key =
             (const char *const[]){"kernel", "initrd", "system", "firmware", NULL};
         *key; key++) {
        g_key_file_remove_key(profile, "system", *key, NULL);
    }
}

void persona_file_clear(struct persona_file *persona)
{
    g_free(persona->name);
    g_free(persona->image);
    g_clear_pointer(&persona->profile, g_key_file_unref);
}
