/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Layers of disks that nothing needs any more. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "present.h"

#define MAGIC          "QFI\xfb"
#define NAME_MAX_BYTES 1023u

/* Where a qcow2 file says what it lies over; big endian (QEMU, docs/interop/qcow2.txt). */
#define BELOW_OFFSET 8
#define BELOW_SIZE   16

/* The file below a layer as it names it, free with g_free(). NULL: it cannot be told. */
static char *below(const char *path)
{
    guint8 head[BELOW_SIZE + 4];
    guint64 offset = 0;
    guint32 size = 0;
    char *name = NULL;
    int fd = g_open(path, O_RDONLY | O_CLOEXEC);

    if (fd >= 0 && read(fd, head, sizeof(head)) == sizeof(head) && !memcmp(head, MAGIC, 4)) {
        memcpy(&offset, head + BELOW_OFFSET, sizeof(offset));
        memcpy(&size, head + BELOW_SIZE, sizeof(size));
        size = GUINT32_FROM_BE(size);
    }
    if (size > 0 && size <= NAME_MAX_BYTES) {
        name = g_malloc0(size + 1);
        if (pread(fd, name, size, (off_t)GUINT64_FROM_BE(offset)) != (gssize)size) {
            g_clear_pointer(&name, g_free);
        }
    }
    if (fd >= 0) {
        close(fd);
    }
    return name;
}

/* Adds a layer and those below it. FALSE: it cannot be told which those are. */
static gboolean need(GHashTable *needed, const char *dir, const char *layer)
{
    g_autofree char *name = g_strdup(layer);

    while (name && !strchr(name, '/') && !g_hash_table_contains(needed, name)) {
        g_autofree char *path = present_path(dir, name);
        gboolean lowest = g_str_has_suffix(name, ".raw");
        char *next = lowest ? NULL : below(path);
        g_hash_table_add(needed, g_steal_pointer(&name));
        if (!next && !lowest) {
            return FALSE;
        }
        name = next;
    }
    return TRUE;
}

static gboolean need_all(GHashTable *needed, const char *dir, char *const *layer)
{
    gboolean known = TRUE;

    for (guint i = 0; i < FACTS_SLOTS; i++) {
        known &= !layer[i] || need(needed, dir, layer[i]);
    }
    return known;
}

static gboolean need_snapshots(GHashTable *needed, const char *dir)
{
    g_auto(GStrv) names = present_snapshots(dir);
    gboolean known = TRUE;

    for (char **name = names; *name; name++) {
        struct present of = {0};
        known &= present_of_snapshot(of.layer, dir, *name, NULL) && need_all(needed, dir, of.layer);
        present_free(&of);
    }
    return known;
}

void present_tidy(const char *dir)
{
    g_autoptr(GHashTable) needed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *disks = present_path(dir, NULL);
    g_autoptr(GDir) files = g_dir_open(disks, 0, NULL);
    struct present now;
    gboolean known = present_load(&now, dir, NULL) && need_all(needed, dir, now.layer) &&
                     need_snapshots(needed, dir);
    const char *name;

    present_free(&now);
    while (known && files && (name = g_dir_read_name(files))) {
        g_autofree char *path = present_path(dir, name);
        if (!g_hash_table_contains(needed, name)) {
            g_unlink(path);
        }
    }
}
