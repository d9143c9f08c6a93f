/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "present.h"

#include <string.h>

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "../pack/tool.h"
#include "error.h"
#include "files.h"

#define SNAPSHOTS "snapshots"
#define DISKS     SNAPSHOTS "/disks"
#define FILE_NAME "present.json"
#define HEADER    "snapshot.json"
#define ID_DIGITS 16u

static char *present_file(const char *dir)
{
    return g_build_filename(dir, SNAPSHOTS, FILE_NAME, NULL);
}

gboolean present_exists(const char *dir)
{
    g_autofree char *path = present_file(dir);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

char *present_path(const char *dir, const char *name)
{
    return g_build_filename(dir, DISKS, name, NULL);
}

/* "1-0123456789abcdef.qcow2" or .raw: nothing else becomes part of a path. */
static gboolean is_layer(const char *name, guint slot)
{
    gsize digits = strlen(name) > 2 ? strspn(name + 2, "0123456789abcdef") : 0;

    return name[0] == (char)('0' + slot) && name[1] == '-' && digits == ID_DIGITS &&
           (strcmp(name + 2 + digits, ".qcow2") == 0 || strcmp(name + 2 + digits, ".raw") == 0);
}

char *present_new_name(guint slot, const char *suffix)
{
    return g_strdup_printf("%u-%08x%08x%s", slot, g_random_int(), g_random_int(), suffix);
}

static JsonObject *object_in(JsonObject *object, const char *name)
{
    JsonNode *node = object ? json_object_get_member(object, name) : NULL;

    return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

/* The object in a file, to be released with its parser. */
static JsonObject *read_object(JsonParser *parser, const char *path, GError **error)
{
    JsonNode *root;

    if (!json_parser_load_from_file(parser, path, error)) {
        return NULL;
    }
    root = json_parser_get_root(parser);
    if (root && JSON_NODE_HOLDS_OBJECT(root)) {
        return json_node_get_object(root);
    }
    handset_fail(error, HANDSET_ERROR_FAILED, "%s: is no JSON object", path);
    return NULL;
}

static gboolean read_layers(char **layer, JsonObject *root, const char *path, GError **error)
{
    JsonObject *disks = object_in(root, "disks");

    for (guint i = 0; disks && i < FACTS_SLOTS; i++) {
        char slot[] = {(char)('0' + i), '\0'};
        const char *name = json_object_get_string_member_with_default(disks, slot, NULL);
        if (name && !is_layer(name, i)) {
            return handset_fail(error, HANDSET_ERROR_FAILED, "%s: names no layer of disk %u", path,
                                i);
        }
        layer[i] = g_strdup(name);
    }
    return disks != NULL || handset_fail(error, HANDSET_ERROR_FAILED,
                                         "%s: does not say which files the disks are", path);
}

gboolean present_load(struct present *present, const char *dir, GError **error)
{
    g_autofree char *path = present_file(dir);
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonObject *root = read_object(parser, path, error);
    JsonObject *bases = object_in(root, "bases");

    *present = (struct present){0};
    if (root == NULL || !read_layers(present->layer, root, path, error)) {
        return FALSE;
    }
    for (guint i = 0; bases && i < FACTS_SLOTS; i++) {
        char slot[] = {(char)('0' + i), '\0'};
        present->base[i] = g_strdup(json_object_get_string_member_with_default(bases, slot, NULL));
    }
    present->resume = g_strdup(json_object_get_string_member_with_default(root, "resume", NULL));
    return TRUE;
}

static JsonObject *by_slot(char *const *texts)
{
    JsonObject *object = json_object_new();

    for (guint i = 0; i < FACTS_SLOTS; i++) {
        char slot[] = {(char)('0' + i), '\0'};
        if (texts[i]) {
            json_object_set_string_member(object, slot, texts[i]);
        }
    }
    return object;
}

gboolean present_store(const struct present *present, const char *dir, GError **error)
{
    g_autofree char *path = present_file(dir);
    g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);
    JsonObject *object = json_object_new();

    json_object_set_object_member(object, "disks", by_slot(present->layer));
    json_object_set_object_member(object, "bases", by_slot(present->base));
    if (present->resume) {
        json_object_set_string_member(object, "resume", present->resume);
    }
    json_node_take_object(node, object);
    g_autofree char *text = json_to_string(node, TRUE);
    return g_file_set_contents_full(
        path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

void present_free(struct present *present)
{
    for (guint i = 0; i < FACTS_SLOTS; i++) {
        g_clear_pointer(&present->layer[i], g_free);
        g_clear_pointer(&present->base[i], g_free);
    }
    g_clear_pointer(&present->resume, g_free);
}

gboolean present_of_snapshot(char **layer, const char *dir, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(dir, SNAPSHOTS, name, HEADER, NULL);
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonObject *root = read_object(parser, path, error);

    return root != NULL && read_layers(layer, root, path, error);
}

char *present_new_layer(const char *dir, const char *vm, guint slot, const char *below,
                        GError **error)
{
    g_autofree char *name = present_new_name(slot, ".qcow2");
    g_autofree char *path = present_path(dir, name);
    g_autofree char *lower =
        below ? g_strdup(below) : g_build_filename("..", "..", vm, FACTS_DATA, NULL);
    const char *format = below && g_str_has_suffix(below, ".qcow2") ? "qcow2" : "raw";
    const char *const make[] = {"qemu-img", "create", "-q",  "-f", "qcow2", "-F",
                                format,     "-b",     lower, path, NULL};

    if (pack_tool_run(make, 0, error)) {
        return g_steal_pointer(&name);
    }
    g_prefix_error(error, "%s (the package qemu-utils makes it): ", path);
    return NULL;
}

char **present_snapshots(const char *dir)
{
    g_autofree char *root = g_build_filename(dir, SNAPSHOTS, NULL);
    g_autoptr(GDir) entries = g_dir_open(root, 0, NULL);
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    const char *name;

    while (entries && (name = g_dir_read_name(entries))) {
        g_autofree char *header = g_build_filename(root, name, HEADER, NULL);
        if (name[0] != '.' && g_file_test(header, G_FILE_TEST_IS_REGULAR)) {
            g_strv_builder_add(names, name);
        }
    }
    return g_strv_builder_end(names);
}

gboolean present_drop(const char *dir, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(dir, SNAPSHOTS, name, NULL);
    g_autofree char *gone = g_strdup_printf("%s/" SNAPSHOTS "/.old-%s", dir, name);

    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        return TRUE;
    }
    if (!files_remove(gone, error)) {
        return FALSE;
    }
    return g_rename(path, gone) == 0 ? files_remove(gone, error)
                                     : handset_fail_errno(error, path, "remove it");
}
