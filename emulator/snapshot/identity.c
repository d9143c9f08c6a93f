/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/failure.h"

#define PIECE (1u << 20)

struct part {
    char *name, *path;
    char *stamp; /* size, times, inode; "" when the file is missing */
};

struct identity {
    char *cache;
    GPtrArray *parts; /* of struct part * */
};

static void part_free(gpointer data)
{
    struct part *part = data;

    g_free(part->name);
    g_free(part->path);
    g_free(part->stamp);
    g_free(part);
}

static char *stamp_of(const char *path)
{
    struct stat info;

    if (stat(path, &info) != 0) {
        return g_strdup("");
    }
    return g_strdup_printf("%jd %jd.%09ld %jd.%09ld %ju:%ju", (intmax_t)info.st_size,
                           (intmax_t)info.st_mtim.tv_sec, info.st_mtim.tv_nsec,
                           (intmax_t)info.st_ctim.tv_sec, info.st_ctim.tv_nsec,
                           (uintmax_t)info.st_dev, (uintmax_t)info.st_ino);
}

static void add(struct identity *identity, const char *name, const char *path)
{
    struct part *part = g_new0(struct part, 1);

    part->name = g_strdup(name);
    part->path = g_strdup(path);
    part->stamp = stamp_of(path);
    g_ptr_array_add(identity->parts, part);
}

/* A file of the handset, by its path within; one outside of it by its whole path. */
static void add_image(struct identity *identity, const char *dir, const char *path)
{
    gsize length = strlen(dir);
    bool inside = g_str_has_prefix(path, dir) && path[length] == '/';

    add(identity, inside ? path + length + 1 : path, path);
}

struct identity *identity_new(const struct handset *handset, const char *cache)
{
    struct identity *identity = g_new0(struct identity, 1);

    identity->cache = g_strdup(cache);
    identity->parts = g_ptr_array_new_with_free_func(part_free);
    add(identity, IDENTITY_EMULATOR, "/proc/self/exe");
    add_image(identity, handset->dir, handset->kernel);
    for (unsigned i = 0; i < handset->load_count; i++) {
        add_image(identity, handset->dir, handset->load[i].path);
    }
    if (handset->emmc[HANDSET_EMMC_SYSTEM]) {
        add_image(identity, handset->dir, handset->emmc[HANDSET_EMMC_SYSTEM]);
    }
    return identity;
}

void identity_free(struct identity *identity)
{
    if (identity) {
        g_ptr_array_unref(identity->parts);
        g_free(identity->cache);
        g_free(identity);
    }
}

static char *hash_fd(int fd)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree guchar *piece = g_malloc(PIECE);
    ssize_t length;

    while ((length = read(fd, piece, PIECE)) != 0) {
        if (length > 0) {
            g_checksum_update(sum, piece, length);
        } else if (errno != EINTR) {
            return NULL;
        }
    }
    return g_strdup(g_checksum_get_string(sum));
}

static char *hash_file(const char *path, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *hash = fd >= 0 ? hash_fd(fd) : NULL;

    if (!hash) {
        failure_errno(error, "read", path);
    }
    if (fd >= 0) {
        close(fd);
    }
    return hash;
}

/* The cache: an object of a file's name to [stamp, hash]. What is no such thing is as good as
 * none. */
static JsonObject *read_cache(const char *path)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonNode *root;

    if (json_parser_load_from_file(parser, path, NULL) && (root = json_parser_get_root(parser)) &&
        JSON_NODE_HOLDS_OBJECT(root)) {
        return json_object_ref(json_node_get_object(root));
    }
    return json_object_new();
}

static const char *cached(JsonObject *cache, const struct part *part)
{
    JsonNode *node = json_object_get_member(cache, part->name);
    JsonObject *entry = node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    const char *stamp =
        entry ? json_object_get_string_member_with_default(entry, "is", NULL) : NULL;

    return g_strcmp0(stamp, part->stamp) == 0
               ? json_object_get_string_member_with_default(entry, "sha256", NULL)
               : NULL;
}

static void write_cache(const struct identity *identity, JsonObject *cache)
{
    g_autoptr(JsonNode) node = json_node_init_object(json_node_alloc(), cache);
    g_autofree char *text = json_to_string(node, TRUE);

    g_file_set_contents_full(identity->cache, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

/* Adds the part's hash to `result`, and to `cache` if it has to be read. */
static bool read_part(const struct part *part, JsonObject *cache, JsonObject *result, bool *changed,
                      GError **error)
{
    g_autofree char *now = stamp_of(part->path);
    g_autofree char *hash = NULL;
    const char *known = cached(cache, part);

    if (strcmp(now, part->stamp) != 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                    "%s has been changed since this phone started", part->path);
        return false;
    }
    if (!known) {
        JsonObject *entry = json_object_new();
        known = hash = hash_file(part->path, error);
        if (!hash) {
            json_object_unref(entry);
            return false;
        }
        json_object_set_string_member(entry, "is", part->stamp);
        json_object_set_string_member(entry, "sha256", hash);
        json_object_set_object_member(cache, part->name, entry);
        *changed = true;
    }
    json_object_set_string_member(result, part->name, known);
    return true;
}

JsonObject *identity_read(struct identity *identity, GError **error)
{
    g_autoptr(JsonObject) cache = read_cache(identity->cache);
    g_autoptr(JsonObject) result = json_object_new();
    bool changed = false;

    for (guint i = 0; i < identity->parts->len; i++) {
        if (!read_part(identity->parts->pdata[i], cache, result, &changed, error)) {
            return NULL;
        }
    }
    if (changed) {
        write_cache(identity, cache);
    }
    return g_steal_pointer(&result);
}
