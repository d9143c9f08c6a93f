/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "manifest.h"

#include <gio/gio.h>
#include <string.h>

#include "small_file.h"

#define ALNUM   "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

enum { FILE_MOST = 64 << 10, ID_MOST = 100, NAME_MOST = 60, VERSION_MOST = 32, PATH_MOST = 200 };

const char *const manifest_permissions[] = {"network", "location",      "camera",  "microphone",
                                            "sensors", "notifications", "storage", NULL};

/* ---- What values may be -----------------------------------------------------------------------
 */

gboolean manifest_is_id(const char *text)
{
    return strlen(text) <= ID_MOST && g_dbus_is_name(text) && text[0] != ':' && text[0] != '-';
}

static gboolean is_name(const char *text)
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        if (!g_unichar_isprint(g_utf8_get_char(at))) {
            return FALSE;
        }
    }
    return text[0] != '\0' && g_utf8_strlen(text, -1) <= NAME_MOST;
}

static gboolean is_version(const char *text)
{
    return text[0] != '\0' && strlen(text) <= VERSION_MOST &&
           text[strspn(text, ALNUM ".+~-")] == '\0';
}

/* A relative path of plain letters that does not climb. */
static gboolean is_path(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "/", -1);

    for (char **part = parts; *part != NULL; part++) {
        if (**part == '\0' || **part == '.') {
            return FALSE;
        }
    }
    return parts[0] != NULL && strlen(text) <= PATH_MOST && text[0] != '-' &&
           text[strspn(text, ALNUM "._+-/")] == '\0';
}

static gboolean is_icon(const char *text)
{
    return is_path(text) && strchr(text, '/') == NULL &&
           (g_str_has_suffix(text, ".svg") || g_str_has_suffix(text, ".png"));
}

static gboolean is_package(const char *text)
{
    return strspn(text, ALNUM) > 0 && text[strspn(text, ALNUM ".+-")] == '\0';
}

/* ---- Reading ----------------------------------------------------------------------------------
 */

static gboolean fail(GError **error, const char *file, const char *format, ...) G_GNUC_PRINTF(3, 4);

static gboolean fail(GError **error, const char *file, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_autofree char *why = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: %s", file, why);
    return FALSE;
}

struct key {
    const char *name;
    gboolean (*allows)(const char *text);
    const char *rule;
    gsize place; /* of its char* in struct manifest */
    gboolean optional;
};

static const struct key keys[] = {
    {"id", manifest_is_id, "a name like org.example.Notes, at most 100 bytes",
     G_STRUCT_OFFSET(manifest, id), FALSE},
    {"name", is_name, "1 to 60 printable characters", G_STRUCT_OFFSET(manifest, name), FALSE},
    {"version", is_version, "1 to 32 letters, digits, or . + ~ -",
     G_STRUCT_OFFSET(manifest, version), FALSE},
    {"entry", is_path, "a path below payload/, of letters, digits, or . _ + -",
     G_STRUCT_OFFSET(manifest, entry), FALSE},
    {"icon", is_icon, "a file beside app.ini that ends with .svg or .png",
     G_STRUCT_OFFSET(manifest, icon), TRUE},
};

static gboolean read_key(GKeyFile *ini, const struct key *key, manifest *manifest, const char *file,
                         GError **error)
{
    char **value = G_STRUCT_MEMBER_P(manifest, key->place);

    if (key->optional && !g_key_file_has_key(ini, "app", key->name, NULL)) {
        return TRUE;
    }
    *value = g_key_file_get_string(ini, "app", key->name, NULL);
    return (*value != NULL && key->allows(*value)) ||
           fail(error, file, "[app] %s is %s: it has to be %s", key->name,
                *value ? "wrong" : "missing", key->rule);
}

static gboolean read_permissions(GKeyFile *ini, manifest *manifest, const char *file,
                                 GError **error)
{
    g_auto(GStrv) words = g_key_file_get_string_list(ini, "app", "permissions", NULL, NULL);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();

    for (char **word = words; word != NULL && *word != NULL; word++) {
        if (!g_strv_contains(manifest_permissions, *word)) {
            g_autofree char *known = g_strjoinv(", ", (char **)manifest_permissions);
            g_autofree char *shown = g_strescape(*word, NULL);
            return fail(error, file, "[app] permissions has '%.40s'; there are: %s", shown, known);
        }
    }
    for (int i = 0; manifest_permissions[i] != NULL; i++) {
        if (words != NULL && g_strv_contains((const char *const *)words, manifest_permissions[i])) {
            g_strv_builder_add(builder, manifest_permissions[i]);
        }
    }
    manifest->permissions = g_strv_builder_end(builder);
    return TRUE;
}

static gboolean read_packages(GKeyFile *ini, manifest *manifest, const char *file, GError **error)
{
    manifest->packages = g_key_file_get_string_list(ini, "build", "packages", NULL, NULL);
    for (char **word = manifest->packages; word != NULL && *word != NULL; word++) {
        if (!is_package(*word)) {
            return fail(error, file, "[build] packages has what is no name of a Debian package");
        }
    }
    return TRUE;
}

/* Nothing is there that would be passed over: a typing mistake in a permission's key, for example.
 */
static gboolean only_known(GKeyFile *ini, const char *file, GError **error)
{
    static const char *const app[] = {"id",   "name",        "version", "entry",
                                      "icon", "permissions", NULL};
    static const char *const build[] = {"packages", NULL};
    g_auto(GStrv) groups = g_key_file_get_groups(ini, NULL);

    for (char **group = groups; *group != NULL; group++) {
        g_auto(GStrv) names = g_key_file_get_keys(ini, *group, NULL, NULL);
        gboolean is_app = strcmp(*group, "app") == 0;
        g_autofree char *shown = g_strescape(*group, NULL);

        if (!is_app && strcmp(*group, "build") != 0) {
            return fail(error, file, "there is no group [%.40s]; there are [app] and [build]",
                        shown);
        }
        for (char **name = names; name != NULL && *name != NULL; name++) {
            g_autofree char *key = g_strescape(*name, NULL);
            if (!g_strv_contains(is_app ? app : build, *name)) {
                return fail(error, file, "[%s] has no key '%.40s'", *group, key);
            }
        }
    }
    return TRUE;
}

manifest *manifest_parse(const char *text, gsize length, const char *file, GError **error)
{
    g_autoptr(GKeyFile) ini = g_key_file_new();
    g_autoptr(manifest) manifest = g_new0(struct manifest, 1);

    if (length > FILE_MOST || memchr(text, '\0', length) != NULL ||
        !g_utf8_validate(text, (gssize)length, NULL)) {
        fail(error, file, "is no text of UTF-8 of at most %d KiB", FILE_MOST >> 10);
        return NULL;
    }
    if (!g_key_file_load_from_data(ini, text, length, G_KEY_FILE_NONE, NULL)) {
        fail(error, file, "is no ini file: it has lines that are neither [GROUP] nor KEY=VALUE");
        return NULL;
    }
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (!read_key(ini, &keys[i], manifest, file, error)) {
            return NULL;
        }
    }
    return only_known(ini, file, error) && read_permissions(ini, manifest, file, error) &&
                   read_packages(ini, manifest, file, error)
               ? g_steal_pointer(&manifest)
               : NULL;
}

manifest *manifest_read(const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "app.ini", NULL);
    g_autofree char *text = small_file_read(path, FILE_MOST, error);

    return text ? manifest_parse(text, strlen(text), path, error) : NULL;
}

gboolean manifest_check_files(const manifest *manifest, const char *folder, GError **error)
{
    g_autofree char *entry = g_build_filename(folder, "payload", manifest->entry, NULL);
    g_autofree char *icon = manifest->icon ? g_build_filename(folder, manifest->icon, NULL) : NULL;

    if (!g_file_test(entry, G_FILE_TEST_IS_REGULAR)) {
        return fail(error, entry, "the app's program is missing; does 'booth build' make it?");
    }
    if (!g_file_test(entry, G_FILE_TEST_IS_EXECUTABLE)) {
        return fail(error, entry, "the app's program is not executable");
    }
    return icon == NULL || g_file_test(icon, G_FILE_TEST_IS_REGULAR) ||
           fail(error, icon, "the app's icon is missing");
}

void manifest_free(manifest *manifest)
{
    if (manifest != NULL) {
        for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
            g_free(*(char **)G_STRUCT_MEMBER_P(manifest, keys[i].place));
        }
        g_strfreev(manifest->permissions);
        g_strfreev(manifest->packages);
        g_free(manifest);
    }
}
