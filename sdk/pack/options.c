/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "error.h"
#include "options.h"
#include "output.h"

#define NAME  "pack.ini"
#define GROUP "pack"

static const struct {
    const char *key;
    gsize offset;
} paths[] = {
    {"board", G_STRUCT_OFFSET(struct pack_options, board)},
    {"boards", G_STRUCT_OFFSET(struct pack_options, boards)},
    {"handset", G_STRUCT_OFFSET(struct pack_options, handset)},
    {"hypervisor", G_STRUCT_OFFSET(struct pack_options, hypervisor)},
    {"switchboard", G_STRUCT_OFFSET(struct pack_options, switchboard)},
    {"measure", G_STRUCT_OFFSET(struct pack_options, measure)},
};

static char **path_of(const struct pack_options *options, guint i)
{
    return (char **)G_STRUCT_MEMBER_P(options, paths[i].offset);
}

static void put_images(GKeyFile *ini, const struct pack_options *options)
{
    g_autoptr(GPtrArray) images = g_ptr_array_new_with_free_func(g_free);

    for (char **path = options->images; path && *path; path++) {
        g_ptr_array_add(images, g_canonicalize_filename(*path, NULL));
    }
    if (images->len) {
        g_key_file_set_string_list(ini, GROUP, "images", (const char *const *)images->pdata,
                                   images->len);
    }
}

gboolean pack_options_write(const struct pack_options *options, GError **error)
{
    g_autofree char *file = g_build_filename(options->out, NAME, NULL);
    g_autoptr(GKeyFile) ini = g_key_file_new();
    g_autoptr(GBytes) bytes = NULL;
    gsize length;
    char *text;

    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        const char *path = *path_of(options, i);
        g_autofree char *whole = path ? g_canonicalize_filename(path, NULL) : NULL;

        if (whole) {
            g_key_file_set_string(ini, GROUP, paths[i].key, whole);
        }
    }
    put_images(ini, options);
    text = g_key_file_to_data(ini, &length, NULL);
    bytes = g_bytes_new_take(text, length);
    return pack_output_bytes(file, bytes, error);
}

gboolean pack_options_read(struct pack_options *options, const char *out, GError **error)
{
    g_autofree char *file = g_build_filename(out, NAME, NULL);
    g_autoptr(GKeyFile) ini = g_key_file_new();

    memset(options, 0, sizeof(*options));
    if (!g_key_file_load_from_file(ini, file, G_KEY_FILE_NONE, error)) {
        g_prefix_error(error, "%s, which says what the handset was packed from: ", file);
        return FALSE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        *path_of(options, i) = g_key_file_get_string(ini, GROUP, paths[i].key, NULL);
    }
    options->images = g_key_file_get_string_list(ini, GROUP, "images", NULL, NULL);
    options->out = g_strdup(out);
    return options->handset || pack_fail(error, "%s: names no handset description", file);
}

void pack_options_finish(struct pack_options *options)
{
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_free(*path_of(options, i));
    }
    g_strfreev(options->images);
    g_free(options->out);
}
