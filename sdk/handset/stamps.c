/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "stamps.h"

#include <inttypes.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#define FILE_NAME "snapshots/identity.json"

/* As the emulator writes it; NULL: there is no such file. Free with g_free(). */
static char *stamp_of(const char *dir, const char *name)
{
    g_autofree char *path =
        g_path_is_absolute(name) ? g_strdup(name) : g_build_filename(dir, name, NULL);
    struct stat info;

    if (stat(path, &info) != 0) {
        return NULL;
    }
    return g_strdup_printf("%jd %jd.%09ld %jd.%09ld %ju:%ju", (intmax_t)info.st_size,
                           (intmax_t)info.st_mtim.tv_sec, info.st_mtim.tv_nsec,
                           (intmax_t)info.st_ctim.tv_sec, info.st_ctim.tv_nsec,
                           (uintmax_t)info.st_dev, (uintmax_t)info.st_ino);
}

static JsonObject *entry_of(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);

    return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

JsonObject *stamps_take(const char *dir)
{
    g_autofree char *path = g_build_filename(dir, FILE_NAME, NULL);
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonObject *known = json_object_new();
    JsonNode *root;

    if (!json_parser_load_from_file(parser, path, NULL) ||
        (root = json_parser_get_root(parser)) == NULL || !JSON_NODE_HOLDS_OBJECT(root)) {
        return known;
    }
    g_autoptr(GList) names = json_object_get_members(json_node_get_object(root));
    for (GList *at = names; at; at = at->next) {
        JsonObject *entry = entry_of(json_node_get_object(root), at->data);
        g_autofree char *now = stamp_of(dir, at->data);
        const char *then =
            entry ? json_object_get_string_member_with_default(entry, "is", NULL) : NULL;
        if (now && g_strcmp0(now, then) == 0) {
            json_object_set_object_member(known, at->data, json_object_ref(entry));
        }
    }
    return known;
}

void stamps_give(JsonObject *known, const char *dir)
{
    g_autofree char *path = g_build_filename(dir, FILE_NAME, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GList) names = json_object_get_members(known);
    g_autoptr(JsonNode) node = json_node_init_object(json_node_alloc(), known);

    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        return;
    }
    for (GList *at = names; at; at = at->next) {
        g_autofree char *now = stamp_of(dir, at->data);
        if (now) {
            json_object_set_string_member(entry_of(known, at->data), "is", now);
        }
    }
    g_autofree char *text = json_to_string(node, TRUE);
    g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
