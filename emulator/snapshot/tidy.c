/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/tidy.h"

#include <glib/gstdio.h>
#include <string.h>

#include "snapshot/header.h"
#include "snapshot/layer.h"

/* Adds a layer and those below it. False: it cannot be said which those are. */
static bool need(GHashTable *needed, const struct store *store, const char *layer)
{
    g_autofree char *name = g_strdup(layer);

    while (name && !strchr(name, '/') && !g_hash_table_contains(needed, name)) {
        g_autofree char *path = g_build_filename(store->disks, name, NULL);
        bool lowest = g_str_has_suffix(name, HEADER_RAW);
        char *below = lowest ? NULL : layer_below(path, NULL);
        g_hash_table_add(needed, g_steal_pointer(&name));
        if (!below && !lowest) {
            return false;
        }
        name = below;
    }
    return true;
}

static bool need_all(GHashTable *needed, const struct store *store, char *const *layer)
{
    bool known = true;

    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        known &= !layer[i] || need(needed, store, layer[i]);
    }
    return known;
}

static bool need_snapshots(GHashTable *needed, const struct store *store)
{
    g_auto(GStrv) names = store_list(store);
    bool known = true;

    for (char **name = names; *name; name++) {
        g_autofree char *path = store_path(store, *name, STORE_HEADER);
        g_autoptr(snapshot_header) header = header_read(path, NULL);
        known &= header && need_all(needed, store, header->layer);
    }
    return known;
}

void tidy(const struct store *store, const struct present *present)
{
    g_autoptr(GHashTable) needed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GDir) dir = g_dir_open(store->disks, 0, NULL);
    const char *name;

    store_sweep(store);
    if (!need_all(needed, store, present->layer) || !need_snapshots(needed, store)) {
        return;
    }
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(store->disks, name, NULL);
        if (!g_hash_table_contains(needed, name)) {
            g_unlink(path);
        }
    }
}
