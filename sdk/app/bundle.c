/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "seal.h"
#include "tar.h"

/* Where apps are on a phone (sdk/app/share/guest/phonebooth-app). */
#define ON_PHONE "/var/lib/phonebooth/apps"

static const struct tar_limits limits = {.bytes = 1 << 30, .entries = 20000, .inside = TRUE};

static void *fail(const char *path, GError **error)
{
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", path, g_strerror(errno));
    return NULL;
}

static char *new_folder(GError **error)
{
    return g_dir_make_tmp("booth-app-XXXXXX", error);
}

/* Unpacks an archive into a new folder. */
static char *unpack(const char *path, GError **error)
{
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC); /* a pipe does not hold us up */
    char *folder = file >= 0 ? new_folder(error) : fail(path, error);

    if (folder != NULL && !tar_unpack(file, folder, &limits, error)) {
        g_prefix_error(error, "%s: ", path);
        tar_remove(folder);
        g_clear_pointer(&folder, g_free);
    }
    if (file >= 0) {
        close(file);
    }
    return folder;
}

/* A message about a file that was unpacked speaks of the archive. */
static void speak_of(const char *path, const bundle *bundle, GError **error)
{
    if (bundle->unpacked && bundle->folder != NULL && error != NULL && *error != NULL) {
        GString *message = g_string_new((*error)->message);
        g_string_replace(message, bundle->folder, path, 0);
        g_free((*error)->message);
        (*error)->message = g_string_free(message, FALSE);
    }
}

bundle *bundle_open(const char *path, GError **error)
{
    g_autoptr(bundle) bundle = g_new0(struct bundle, 1);

    bundle->unpacked = !g_file_test(path, G_FILE_TEST_IS_DIR);
    bundle->folder = bundle->unpacked ? unpack(path, error) : g_canonicalize_filename(path, NULL);
    bundle->manifest = bundle->folder ? manifest_read(bundle->folder, error) : NULL;
    if (bundle->manifest != NULL && manifest_check_files(bundle->manifest, bundle->folder, error) &&
        (!bundle->unpacked ||
         seal_check(bundle->folder, bundle->manifest, &bundle->signer, error))) {
        return g_steal_pointer(&bundle);
    }
    speak_of(path, bundle, error);
    return NULL;
}

void bundle_free(bundle *bundle)
{
    if (bundle != NULL) {
        if (bundle->unpacked && bundle->folder != NULL) {
            tar_remove(bundle->folder);
        }
        g_free(bundle->folder);
        g_free(bundle->signer);
        manifest_free(bundle->manifest);
        g_free(bundle);
    }
}

static gboolean write_items(const char *path, const struct tar_item *items, GError **error)
{
    g_autofree char *new = g_strconcat(path, ".new", NULL);
    int file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

    if (file < 0) {
        return fail(new, error) != NULL;
    }
    gboolean done = tar_write(file, items, TAR_ZSTD | TAR_REPRODUCIBLE, error);
    if (close(file) != 0 && done) {
        done = fail(new, error) != NULL;
    }
    if (done && g_rename(new, path) != 0) {
        done = fail(path, error) != NULL;
    }
    if (!done) {
        g_unlink(new);
    }
    return done;
}

/* The archive's last file, outside the app's folder. NULL: error; g_unlink() and g_free() it. */
static char *write_seal(const bundle *bundle, const char *path, const key *key, GError **error)
{
    g_autofree char *text = seal_make(bundle->folder, bundle->manifest, key, error);
    g_autofree char *seal = g_strconcat(path, ".signature", NULL);

    return text != NULL && g_file_set_contents(seal, text, -1, error) ? g_steal_pointer(&seal)
                                                                      : NULL;
}

gboolean bundle_pack(const bundle *bundle, const char *path, const key *key, GError **error)
{
    g_autofree char *ini = g_build_filename(bundle->folder, "app.ini", NULL);
    g_autofree char *payload = g_build_filename(bundle->folder, "payload", NULL);
    g_autofree char *icon = bundle->manifest->icon
                                ? g_build_filename(bundle->folder, bundle->manifest->icon, NULL)
                                : NULL;
    g_autofree char *seal = key ? write_seal(bundle, path, key, error) : NULL;
    struct tar_item items[5] = {{ini, (char *)"app.ini"}, {payload, (char *)"payload"}};
    struct tar_item *next = &items[2];

    if (key != NULL && seal == NULL) {
        return FALSE;
    }
    if (icon != NULL) {
        *next++ = (struct tar_item){icon, bundle->manifest->icon};
    }
    if (seal != NULL) {
        *next = (struct tar_item){seal, (char *)SEAL_FILE};
    }
    gboolean done = write_items(path, items, error);
    if (seal != NULL) {
        g_unlink(seal);
    }
    return done;
}

/* Writes the files of an app that booth makes itself. */
static gboolean stage_files(const bundle *bundle, const char *folder, GError **error)
{
    const manifest *manifest = bundle->manifest;
    g_autofree char *on_phone =
        manifest->icon ? g_build_filename(ON_PHONE, manifest->id, manifest->icon, NULL) : NULL;
    g_autofree char *ini = g_build_filename(folder, "app.ini", NULL);
    g_autofree char *desktop = g_build_filename(folder, "app.desktop", NULL);
    g_autofree char *text = manifest_text(manifest);
    g_autofree char *entry = manifest_desktop_entry(manifest, on_phone);

    return g_file_set_contents(ini, text, -1, error) &&
           g_file_set_contents(desktop, entry, -1, error);
}

char *bundle_stage(const bundle *bundle, GError **error)
{
    g_autofree char *folder = new_folder(error);

    if (folder != NULL && !stage_files(bundle, folder, error)) {
        tar_remove(folder);
        g_clear_pointer(&folder, g_free);
    }
    return g_steal_pointer(&folder);
}
