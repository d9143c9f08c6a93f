/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "persona_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "../lib/holes.h"
#include "../pack/handset.h"
#include "../pack/kept_image.h"
#include "../pack/layers.h"
#include "../pack/options.h"
#include "describe.h"
#include "error.h"
#include "facts.h"
#include "files.h"
#include "present.h"

static gboolean archive_fail(struct archive *archive, GError **error)
{
    return handset_fail(error, HANDSET_ERROR_FAILED, "cannot write the archive: %s",
                        archive_error_string(archive));
}

static gboolean add_header(struct archive *archive, const char *name, int fd, off_t size,
                           GError **error)
{
    struct archive_entry *entry = archive_entry_new();

    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_size(entry, size);
    if (fd >= 0) {
        holes_note(entry, fd, size);
    }
    int result = archive_write_header(archive, entry);
    archive_entry_free(entry);
    return result == ARCHIVE_OK || archive_fail(archive, error);
}

static gboolean add_text(struct archive *archive, const char *name, GKeyFile *ini, GError **error)
{
    gsize length;
    g_autofree char *text = g_key_file_to_data(ini, &length, NULL);

    return add_header(archive, name, -1, (off_t)length, error) &&
           (archive_write_data(archive, text, length) == (la_ssize_t)length ||
            archive_fail(archive, error));
}

static gboolean add_bytes(struct archive *archive, int fd, off_t size, const char *path,
                          GError **error)
{
    enum holes result = holes_give(archive, fd, size);

    return result == HOLES_DONE ||
           (result == HOLES_FILE ? handset_fail_errno(error, path, "read it")
                                 : archive_fail(archive, error));
}

static gboolean add_disk(struct archive *archive, const char *path, GError **error)
{
    int fd = g_open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    gboolean done =
        (fd >= 0 && fstat(fd, &info) == 0) || handset_fail_errno(error, path, "read it");

    done = done && add_header(archive, PERSONA_FILE_DATA, fd, info.st_size, error) &&
           add_bytes(archive, fd, info.st_size, path, error);
    if (fd >= 0) {
        close(fd);
    }
    return done;
}

/* What goes into the archive. */
struct parts {
    GKeyFile *persona, *profile;
    char *disk;
};

static gboolean add_parts(const struct parts *parts, struct archive *archive, GError **error)
{
    return add_text(archive, PERSONA_FILE_INI, parts->persona, error) &&
           add_text(archive, PERSONA_FILE_PROFILE, parts->profile, error) &&
           add_disk(archive, parts->disk, error) &&
           (archive_write_close(archive) == ARCHIVE_OK || archive_fail(archive, error));
}

static gboolean write_archive(const struct parts *parts, const char *file, GError **error)
{
    g_autofree char *temporary = g_strconcat(file, ".new", NULL);
    int fd = g_open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    struct archive *archive = archive_write_new();
    gboolean done = fd >= 0 || handset_fail_errno(error, temporary, "write it");

    archive_write_set_format_pax(archive);
    archive_write_add_filter_zstd(archive);
    done =
        done && (archive_write_open_fd(archive, fd) == ARCHIVE_OK || archive_fail(archive, error));
    done = done && add_parts(parts, archive, error);
    archive_write_free(archive);
    done = done && (fsync(fd) == 0 || handset_fail_errno(error, temporary, "write it"));
    if (fd >= 0) {
        close(fd);
    }
    done = done && (g_rename(temporary, file) == 0 || handset_fail_errno(error, file, "write it"));
    if (!done) {
        g_unlink(temporary);
    }
    return done;
}

/* The profile of a persona, as pack reads it, without the files that it names. */
static GKeyFile *read_profile(const struct pack_options *options, const char *name, GError **error)
{
    g_autofree char *group = g_strconcat("vm ", name, NULL);
    g_autofree char *top = g_path_get_dirname(options->handset);
    g_autoptr(GKeyFile) description = g_key_file_new();
    g_autoptr(GKeyFile) profile = g_key_file_new();
    g_autofree char *folder = NULL, *path = NULL, *file = NULL;

    if (!g_key_file_load_from_file(description, options->handset, G_KEY_FILE_NONE, error)) {
        return NULL;
    }
    folder = g_key_file_get_string(description, group, "profile", NULL);
    if (folder == NULL) {
        handset_fail(error, HANDSET_ERROR_WRONG, "%s: [%s] has no profile that could be exported",
                     options->handset, group);
        return NULL;
    }
    path = g_canonicalize_filename(folder, top);
    file = g_build_filename(path, "profile.ini", NULL);
    if (!g_key_file_load_from_file(profile, file, G_KEY_FILE_NONE, error)) {
        g_prefix_error(error, "%s: ", file);
        return NULL;
    }
    persona_file_strip(profile);
    return g_steal_pointer(&profile);
}

/* The image that the disk belongs to; a new disk: that of the description. */
static char *image_of(const struct pack_options *options, const char *name, const char *disk,
                      GError **error)
{
    struct pack_handset handset;
    char *uuid = pack_image_of_data(disk);

    if (uuid == NULL && pack_handset_read(&handset, options->handset,
                                          (const char *const *)options->images, error)) {
        for (guint i = 0; i < handset.vms; i++) {
            const struct pack_vm *vm = &handset.vm[i];
            if (strcmp(vm->name, name) == 0 && vm->system) {
                uuid = pack_image_uuid(vm->system);
            }
        }
        pack_handset_finish(&handset);
    }
    if (uuid == NULL && (error == NULL || *error == NULL)) {
        handset_fail(error, HANDSET_ERROR_WRONG, "%s: no image that %s belongs to",
                     options->handset, name);
    }
    return uuid;
}

static gboolean fill(struct parts *parts, const struct pack_options *options, const char *name,
                     GError **error)
{
    g_autofree char *uuid = image_of(options, name, parts->disk, error);

    parts->profile = uuid ? read_profile(options, name, error) : NULL;
    if (parts->profile == NULL) {
        return FALSE;
    }
    g_key_file_set_integer(parts->persona, PERSONA_FILE_GROUP, "format", PERSONA_FILE_FORMAT);
    g_key_file_set_string(parts->persona, PERSONA_FILE_GROUP, "name", name);
    g_key_file_set_string(parts->persona, PERSONA_FILE_GROUP, "image", uuid);
    return TRUE;
}

static gboolean options_of(struct pack_options *options, const char *dir, GError **error)
{
    if (describe_has(dir)) {
        describe_options(options, dir);
        return TRUE;
    }
    return pack_options_read(options, dir, error);
}

/* With the handset held. */
static gboolean export_held(const char *dir, const char *name, const char *file, GError **error)
{
    g_autofree char *copy = g_strconcat(file, ".disk", NULL);
    g_autoptr(handset_facts) facts = facts_read(dir, error);
    const struct facts_vm *vm = facts ? facts_persona(facts, name) : NULL;
    struct pack_options options = {0};
    struct parts parts = {.persona = g_key_file_new()};
    gboolean done;

    if (vm == NULL || vm->slot == 0) {
        done = facts == NULL || handset_fail(error, HANDSET_ERROR_WRONG,
                                             "%s: has no persona '%s' with a data disk", dir, name);
    } else {
        gboolean layers = present_exists(dir);
        parts.disk = layers ? g_strdup(copy) : facts_data(facts, vm);
        done = options_of(&options, dir, error) &&
               (!layers || pack_layers_copy(dir, name, copy, error)) &&
               fill(&parts, &options, name, error) && write_archive(&parts, file, error);
        if (layers) {
            g_unlink(copy);
        }
    }
    g_key_file_unref(parts.persona);
    g_clear_pointer(&parts.profile, g_key_file_unref);
    g_free(parts.disk);
    pack_options_finish(&options);
    return done && vm != NULL;
}

gboolean persona_file_write(const char *dir, const char *name, const char *file, GError **error)
{
    int held = files_hold(dir, FALSE, error);
    gboolean done = held >= 0 && export_held(dir, name, file, error);

    files_release(held);
    return done;
}
