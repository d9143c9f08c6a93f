/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "seal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "small_file.h"

#define GROUP "signature"

enum { CHUNK = 1 << 16, FILE_MOST = 4096 };

static gboolean fail(const char *path, const char *why, GError **error)
{
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %s", path, why);
    return FALSE;
}

/* ---- What is signed ---------------------------------------------------------------------------
 * A sum over a list of all files: for each its kind, its name and what is in it, each with a zero
 * byte behind it, which neither of them can have.
 */

static void add(GChecksum *sum, const char *kind, const char *name, const char *content)
{
    g_checksum_update(sum, (const guchar *)kind, (gssize)strlen(kind) + 1);
    g_checksum_update(sum, (const guchar *)name, (gssize)strlen(name) + 1);
    g_checksum_update(sum, (const guchar *)content, (gssize)strlen(content) + 1);
}

static gboolean sum_bytes(int file, const char *path, GChecksum *of_file, GError **error)
{
    guchar bytes[CHUNK];
    gssize got;

    while ((got = read(file, bytes, sizeof(bytes))) > 0) {
        g_checksum_update(of_file, bytes, got);
    }
    return got == 0 || fail(path, g_strerror(errno), error);
}

static gboolean add_file(GChecksum *sum, const char *path, const char *name, gboolean runs,
                         GError **error)
{
    g_autoptr(GChecksum) of_file = g_checksum_new(G_CHECKSUM_SHA256);
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (file < 0) {
        return fail(path, g_strerror(errno), error);
    }
    gboolean done = sum_bytes(file, path, of_file, error);
    close(file);
    if (done) {
        add(sum, runs ? "program" : "file", name, g_checksum_get_string(of_file));
    }
    return done;
}

static gint by_name(gconstpointer one, gconstpointer other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static gboolean add_tree(GChecksum *sum, const char *path, const char *name, GError **error);

static gboolean add_folder(GChecksum *sum, const char *path, const char *name, GError **error)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, error);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *inside;
    gboolean done = folder != NULL;

    while (done && (inside = g_dir_read_name(folder)) != NULL) {
        g_ptr_array_add(names, g_strdup(inside));
    }
    g_ptr_array_sort(names, by_name);
    add(sum, "folder", name, "");
    for (guint i = 0; done && i < names->len; i++) {
        g_autofree char *below = g_build_filename(path, names->pdata[i], NULL);
        g_autofree char *called = g_strdup_printf("%s/%s", name, (char *)names->pdata[i]);
        done = add_tree(sum, below, called, error);
    }
    return done;
}

static gboolean add_tree(GChecksum *sum, const char *path, const char *name, GError **error)
{
    struct stat about;

    if (g_lstat(path, &about) != 0) {
        return fail(path, g_strerror(errno), error);
    }
    if (S_ISREG(about.st_mode)) {
        return add_file(sum, path, name, (about.st_mode & 0111) != 0, error);
    }
    if (S_ISDIR(about.st_mode)) {
        return add_folder(sum, path, name, error);
    }
    if (!S_ISLNK(about.st_mode)) {
        return fail(path, "is no file, folder or link", error);
    }
    g_autofree char *target = g_file_read_link(path, error);
    if (target != NULL) {
        add(sum, "link", name, target);
    }
    return target != NULL;
}

/* One of the three things themselves: a link could lead to what is not signed. */
static gboolean add_item(GChecksum *sum, const char *folder, const char *name, mode_t kind,
                         GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    struct stat about;

    if (g_lstat(path, &about) != 0 || (about.st_mode & S_IFMT) != kind) {
        return fail(path, kind == S_IFDIR ? "has to be a folder" : "has to be a file", error);
    }
    return add_tree(sum, path, name, error);
}

/* What the key signs: free with g_free(). */
static char *message_of(const char *folder, const manifest *manifest, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    return add_item(sum, folder, "app.ini", S_IFREG, error) &&
                   (manifest->icon == NULL ||
                    add_item(sum, folder, manifest->icon, S_IFREG, error)) &&
                   add_item(sum, folder, "payload", S_IFDIR, error)
               ? g_strdup_printf("phonebooth app 1\n%s\n", g_checksum_get_string(sum))
               : NULL;
}

/* ---- Its file ---------------------------------------------------------------------------------
 */

char *seal_make(const char *folder, const manifest *manifest, const key *key, GError **error)
{
    g_autofree char *message = message_of(folder, manifest, error);
    guint8 signature[KEY_SIGNATURE];

    if (message == NULL) {
        return NULL;
    }
    key_sign(key, message, signature);
    g_autofree char *public = key_hex(key->public, KEY_PUBLIC);
    g_autofree char *value = key_hex(signature, KEY_SIGNATURE);
    return g_strdup_printf("[" GROUP "]\nkey=%s\nvalue=%s\n", public, value);
}

static gboolean read_hex(GKeyFile *ini, const char *key, guint8 *bytes, gsize length)
{
    g_autofree char *text = g_key_file_get_value(ini, GROUP, key, NULL);

    return text != NULL && key_from_hex(text, bytes, length);
}

gboolean seal_check(const char *folder, const manifest *manifest, char **signer, GError **error)
{
    g_autofree char *path = g_build_filename(folder, SEAL_FILE, NULL);
    g_autoptr(GKeyFile) ini = g_key_file_new();
    guint8 public[KEY_PUBLIC], signature[KEY_SIGNATURE];

    *signer = NULL;
    if (!g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
        return TRUE;
    }
    g_autofree char *text = small_file_read(path, FILE_MOST, error);
    if (text == NULL) {
        return FALSE;
    }
    if (!g_key_file_load_from_data(ini, text, (gsize)-1, G_KEY_FILE_NONE, NULL) ||
        !read_hex(ini, "key", public, KEY_PUBLIC) ||
        !read_hex(ini, "value", signature, KEY_SIGNATURE)) {
        return fail(path, "is no signature", error);
    }
    g_autofree char *message = message_of(folder, manifest, error);
    if (message == NULL) {
        return FALSE;
    }
    if (!key_verify(public, message, signature)) {
        return fail(path, "is wrong: the app is not as its signer made it", error);
    }
    *signer = key_hex(public, KEY_PUBLIC);
    return TRUE;
}
