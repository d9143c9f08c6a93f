/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <gio/gio.h>
#include <libfdt.h>
#include <string.h>

#include "phone/chosen.h"
#include "phone/seeds.h"
#include "phonebooth/chosen.h"

#define SEED_MAX 256 /* bytes; what getrandom(2) gives in one go */

/* True: the tree had a seed, and has another one now. */
static bool renew_seed(char *tree, int node, GError **error)
{
    guint8 seed[SEED_MAX];
    int size;
    const void *old = fdt_getprop(tree, node, "rng-seed", &size);

    if (!old || size <= 0 || size > SEED_MAX) {
        return false;
    }
    if (!seeds_fill(seed, (gsize)size, error)) {
        return false;
    }
    return fdt_setprop_inplace(tree, node, "rng-seed", seed, size) == 0;
}

/* True: the tree had a place for a zone, and has this one now. */
static bool put_zone(char *tree, int node, const char *zone)
{
    char name[PB_TIMEZONE_SIZE] = "";

    g_strlcpy(name, zone ? zone : "", sizeof(name));
    return fdt_setprop_inplace(tree, node, PB_TIMEZONE, name, sizeof(name)) == 0;
}

static bool fill(char *tree, gsize length, const char *zone, GError **error)
{
    int node = fdt_check_full(tree, length) ? -1 : fdt_path_offset(tree, "/chosen");

    if (node < 0) {
        return false;
    }
    bool seeded = renew_seed(tree, node, error);
    return put_zone(tree, node, zone) || seeded;
}

static bool replace(struct handset_load *load, const char *dir, const char *zone, GError **error)
{
    g_autofree char *name = g_path_get_basename(load->path);
    g_autofree char *copy = g_build_filename(dir, name, NULL);
    g_autofree char *tree = NULL;
    GError *wrong = NULL;
    gsize length;

    if (!g_file_get_contents(load->path, &tree, &length, error)) {
        return false;
    }
    bool changed = fill(tree, length, zone, &wrong);
    if (wrong) {
        g_propagate_error(error, wrong);
        return false;
    }
    if (!changed) {
        return true;
    }
    if (!g_file_set_contents_full(copy, tree, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                  error)) {
        return false;
    }
    g_free(load->path);
    load->path = g_steal_pointer(&copy);
    return true;
}

bool chosen_fill(struct handset *handset, const char *dir, const char *zone, GError **error)
{
    for (unsigned i = 0; i < handset->load_count; i++) {
        if (g_str_has_suffix(handset->load[i].path, ".dtb") &&
            !replace(&handset->load[i], dir, zone, error)) {
            return false;
        }
    }
    return true;
}

static bool find_seed(const struct handset_load *load, chosen_seed_fn *fn, void *opaque,
                      GError **error)
{
    g_autofree char *tree = NULL;
    gsize length;
    int size;

    if (!g_file_get_contents(load->path, &tree, &length, error)) {
        return false;
    }
    int node = fdt_check_full(tree, length) ? -1 : fdt_path_offset(tree, "/chosen");
    const char *seed = node < 0 ? NULL : fdt_getprop(tree, node, "rng-seed", &size);
    if (seed && size > 0) {
        fn(opaque, load->address + (uint64_t)(seed - tree), (gsize)size);
    }
    return true;
}

bool chosen_find_seeds(const struct handset *handset, chosen_seed_fn *fn, void *opaque,
                       GError **error)
{
    for (unsigned i = 0; i < handset->load_count; i++) {
        if (g_str_has_suffix(handset->load[i].path, ".dtb") &&
            !find_seed(&handset->load[i], fn, opaque, error)) {
            return false;
        }
    }
    return true;
}
