/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/header.h"

#include <gio/gio.h>
#include <inttypes.h>
#include <string.h>

#include "snapshot/identity.h"

#define LAYER_ID_DIGITS 16u

bool header_is_layer(const char *name, unsigned slot)
{
    gsize digits = strlen(name) > 2 ? strspn(name + 2, "0123456789abcdef") : 0;

    return name[0] == (char)('0' + slot) && name[1] == '-' && digits == LAYER_ID_DIGITS &&
           (strcmp(name + 2 + digits, HEADER_QCOW2) == 0 ||
            strcmp(name + 2 + digits, HEADER_RAW) == 0);
}

char *header_new_layer(unsigned slot, const char *suffix)
{
    return g_strdup_printf("%u-%08x%08x%s", slot, g_random_int(), g_random_int(), suffix);
}

static JsonObject *object_of(JsonObject *in, const char *name)
{
    JsonNode *node = json_object_get_member(in, name);

    return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

bool header_get_layers(JsonObject *object, char **layer)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        char slot[] = {(char)('0' + i), '\0'};
        const char *name = json_object_get_string_member_with_default(object, slot, NULL);
        if (json_object_has_member(object, slot) && (!name || !header_is_layer(name, i))) {
            return false;
        }
        layer[i] = g_strdup(name);
    }
    return true;
}

JsonObject *header_put_layers(char *const *layer)
{
    JsonObject *object = json_object_new();

    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        char slot[] = {(char)('0' + i), '\0'};
        if (layer[i]) {
            json_object_set_string_member(object, slot, layer[i]);
        }
    }
    return object;
}

/* NULL: everything that must be there is. */
static const char *fill(struct snapshot_header *header, JsonObject *root)
{
    JsonObject *disks = object_of(root, "disks");
    JsonObject *images = object_of(root, "images");
    JsonObject *phone = object_of(root, "phone");

    header->time = g_strdup(json_object_get_string_member_with_default(root, "time", ""));
    header->board = g_strdup(json_object_get_string_member_with_default(root, "board", ""));
    header->memory_mib = json_object_get_int_member_with_default(root, "memory", 0);
    header->images = images ? json_object_ref(images) : NULL;
    header->phone = phone ? json_object_ref(phone) : NULL;
    if (!disks || !header_get_layers(disks, header->layer)) {
        return "its disks are missing or none";
    }
    return phone && !images ? "it does not say which images it needs" : NULL;
}

struct snapshot_header *header_parse(const char *path, const char *text, gssize length,
                                     GError **error)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autoptr(snapshot_header) header = g_new0(struct snapshot_header, 1);
    const char *wrong = NULL;

    if (!json_parser_load_from_data(parser, text, length, NULL) || !json_parser_get_root(parser) ||
        !JSON_NODE_HOLDS_OBJECT(json_parser_get_root(parser))) {
        wrong = "it is no JSON object";
    } else {
        JsonObject *root = json_node_get_object(json_parser_get_root(parser));
        wrong = json_object_get_int_member_with_default(root, "version", 0) != HEADER_VERSION
                    ? "it is of another version of Phonebooth"
                    : fill(header, root);
    }
    if (wrong) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", path, wrong);
        return NULL;
    }
    return g_steal_pointer(&header);
}

struct snapshot_header *header_read(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    gsize length;

    return g_file_get_contents(path, &text, &length, error)
               ? header_parse(path, text, (gssize)length, error)
               : NULL;
}

bool header_write(const struct snapshot_header *header, const char *path, GError **error)
{
    g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);
    JsonObject *root = json_object_new();
    g_autofree char *text = NULL;

    json_object_set_int_member(root, "version", HEADER_VERSION);
    json_object_set_string_member(root, "time", header->time);
    json_object_set_string_member(root, "board", header->board);
    json_object_set_int_member(root, "memory", header->memory_mib);
    json_object_set_object_member(root, "disks", header_put_layers(header->layer));
    if (header->images) {
        json_object_set_object_member(root, "images", json_object_ref(header->images));
    }
    if (header->phone) {
        json_object_set_object_member(root, "phone", json_object_ref(header->phone));
    }
    json_node_take_object(node, root);
    text = json_to_string(node, TRUE);
    return g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

void header_free(struct snapshot_header *header)
{
    if (!header) {
        return;
    }
    g_free(header->time);
    g_free(header->board);
    g_clear_pointer(&header->images, json_object_unref);
    g_clear_pointer(&header->phone, json_object_unref);
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        g_free(header->layer[i]);
    }
    g_free(header);
}

const char *header_program(const struct snapshot_header *header)
{
    return json_object_get_string_member_with_default(header->images, IDENTITY_EMULATOR, "");
}

static char *image_mismatch(const struct snapshot_header *header, JsonObject *images)
{
    g_autoptr(GList) names = json_object_get_members(images);

    for (GList *at = names; at; at = at->next) {
        const char *name = at->data;
        const char *now = json_object_get_string_member(images, name);
        const char *then = json_object_get_string_member_with_default(header->images, name, NULL);
        if (g_strcmp0(now, then) == 0) {
            continue;
        }
        return strcmp(name, IDENTITY_EMULATOR) == 0
                   ? g_strdup("it was saved by another build of the emulator")
                   : g_strdup_printf("%s is another one now", name);
    }
    return NULL;
}

char *header_mismatch(const struct snapshot_header *header, const struct handset *handset,
                      JsonObject *images)
{
    if (!header->phone) {
        return g_strdup("it has disks only");
    }
    if (strcmp(header->board, handset->board->name) != 0) {
        return g_strdup_printf("it is of board %s, not %s", header->board, handset->board->name);
    }
    if (header->memory_mib != handset->memory_mib) {
        return g_strdup_printf("it has %" G_GINT64_FORMAT " MiB of memory, the handset %u",
                               header->memory_mib, handset->memory_mib);
    }
    return image_mismatch(header, images);
}
