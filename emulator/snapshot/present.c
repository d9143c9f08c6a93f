/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/present.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>

#include "phone/machine_args.h"
#include "snapshot/header.h"
#include "snapshot/layer.h"

#define FILE_NAME "present.json"

static bool parse(struct present *present, JsonNode *root)
{
    JsonObject *object = root && JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;
    JsonNode *disks = object ? json_object_get_member(object, "disks") : NULL;
    JsonNode *bases = object ? json_object_get_member(object, "bases") : NULL;
    const char *resume;

    if (!disks || !JSON_NODE_HOLDS_OBJECT(disks) || !bases || !JSON_NODE_HOLDS_OBJECT(bases) ||
        !header_get_layers(json_node_get_object(disks), present->layer)) {
        return false;
    }
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        char slot[] = {(char)('0' + i), '\0'};
        present->base[i] = g_strdup(
            json_object_get_string_member_with_default(json_node_get_object(bases), slot, NULL));
    }
    resume = json_object_get_string_member_with_default(object, "resume", NULL);
    present->resume = resume && store_is_name(resume) ? g_strdup(resume) : NULL;
    return true;
}

bool present_read(struct present *present, const struct store *store, GError **error)
{
    g_autofree char *path = g_build_filename(store->root, FILE_NAME, NULL);
    g_autoptr(JsonParser) parser = json_parser_new();

    *present = (struct present){0};
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return true;
    }
    if (!json_parser_load_from_file(parser, path, error)) {
        return false;
    }
    if (!parse(present, json_parser_get_root(parser))) {
        present_clear(present);
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "%s does not say which files the disks are", path);
        return false;
    }
    return true;
}

static JsonObject *put_bases(const struct present *present)
{
    JsonObject *object = json_object_new();

    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        char slot[] = {(char)('0' + i), '\0'};
        if (present->base[i]) {
            json_object_set_string_member(object, slot, present->base[i]);
        }
    }
    return object;
}

bool present_write(const struct present *present, const struct store *store, GError **error)
{
    g_autofree char *path = g_build_filename(store->root, FILE_NAME, NULL);
    g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);
    JsonObject *object = json_object_new();
    g_autofree char *text = NULL;

    json_object_set_object_member(object, "disks", header_put_layers(present->layer));
    json_object_set_object_member(object, "bases", put_bases(present));
    if (present->resume) {
        json_object_set_string_member(object, "resume", present->resume);
    }
    json_node_take_object(node, object);
    text = json_to_string(node, TRUE);
    return g_file_set_contents_full(
        path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

void present_clear(struct present *present)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        g_clear_pointer(&present->layer[i], g_free);
        g_clear_pointer(&present->base[i], g_free);
    }
    g_clear_pointer(&present->resume, g_free);
}

/* What a file is that nobody writes to. */
static char *describe_base(const char *path)
{
    struct stat info;

    if (stat(path, &info) != 0) {
        return NULL;
    }
    return g_strdup_printf("%jd %jd.%09ld", (intmax_t)info.st_size, (intmax_t)info.st_mtim.tv_sec,
                           info.st_mtim.tv_nsec);
}

bool present_check(const struct present *present, const struct handset *handset, GError **error)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        g_autofree char *now = handset->emmc[i] ? describe_base(handset->emmc[i]) : NULL;
        if (!present->base[i] || g_strcmp0(now, present->base[i]) == 0) {
            continue;
        }
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "%s is not what it was when snapshots were saved over it: put it back (a copy "
                    "needs its time: cp -a), or remove %s/snapshots, which loses what was stored "
                    "since",
                    handset->emmc[i] ? handset->emmc[i] : "a disk", handset->dir);
        return false;
    }
    return true;
}

char *present_path(const struct present *present, const struct store *store,
                   const struct handset *handset, unsigned slot)
{
    return present->layer[slot] ? g_build_filename(store->disks, present->layer[slot], NULL)
                                : g_strdup(handset->emmc[slot]);
}

static bool is_writable(const struct handset *handset, unsigned slot)
{
    return handset->emmc[slot] && slot != HANDSET_EMMC_SYSTEM;
}

/* How a layer names what lies below it: a layer beside it, or the handset's image. */
static char *name_below(const struct handset *handset, const char *layer, unsigned slot)
{
    gsize length = strlen(handset->dir);
    const char *image = handset->emmc[slot];

    if (layer) {
        return g_strdup(layer);
    }
    return g_str_has_prefix(image, handset->dir) && image[length] == '/'
               ? g_build_filename("..", "..", image + length + 1, NULL)
               : g_strdup(image);
}

/* Returns the new layer's file name in snapshots/disks, NULL and `error`. */
static char *new_layer(const struct store *store, const struct handset *handset, const char *below,
                       unsigned slot, GError **error)
{
    g_autofree char *name = header_new_layer(slot, HEADER_QCOW2);
    g_autofree char *path = g_build_filename(store->disks, name, NULL);
    g_autofree char *lower = name_below(handset, below, slot);
    g_autofree char *image =
        below ? g_build_filename(store->disks, below, NULL) : g_strdup(handset->emmc[slot]);
    uint64_t bytes;

    if (!layer_disk_size(image, &bytes, error) || !layer_create(path, lower, bytes, error)) {
        return NULL;
    }
    return g_steal_pointer(&name);
}

static bool fill(struct present *next, const struct present *present, const struct store *store,
                 const struct handset *handset, char *const *below, GError **error)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        if (!is_writable(handset, i)) {
            continue;
        }
        next->base[i] =
            present->base[i] ? g_strdup(present->base[i]) : describe_base(handset->emmc[i]);
        next->layer[i] = new_layer(store, handset, below ? below[i] : present->layer[i], i, error);
        if (!next->layer[i]) {
            return false;
        }
    }
    return true;
}

static void remove_layers(const struct present *present, const struct store *store)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        g_autofree char *path =
            present->layer[i] ? g_build_filename(store->disks, present->layer[i], NULL) : NULL;
        if (path) {
            g_unlink(path);
        }
    }
}

bool present_advance(struct present *present, const struct store *store,
                     const struct handset *handset, char *const *below, GError **error)
{
    struct present next = {0};

    if (!fill(&next, present, store, handset, below, error) ||
        !present_write(&next, store, error)) {
        remove_layers(&next, store);
        present_clear(&next);
        return false;
    }
    present_clear(present);
    *present = next;
    return true;
}
