/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the switchboard's device tree gets at each start: a new seed, the host's time zone. */
#include <glib/gstdio.h>
#include <libfdt.h>
#include <string.h>

#include "suite.h"
#include "phone/chosen.h"

#define SIZE 1024
#define SEED 32
#define ZONE 64

static char *dir, *file;
static char tree[SIZE];

/* A device tree in a file of its own; size 0: without that property. */
static void put_tree(int seed_size, int zone_size)
{
    static const char zero[ZONE + 1];

    fdt_create(tree, SIZE);
    fdt_finish_reservemap(tree);
    fdt_begin_node(tree, "");
    fdt_begin_node(tree, "chosen");
    if (seed_size) {
        fdt_property(tree, "rng-seed", zero, seed_size);
    }
    if (zone_size) {
        fdt_property(tree, "phonebooth,timezone", zero, zone_size);
    }
    fdt_end_node(tree);
    fdt_end_node(tree);
    fdt_finish(tree);
    g_file_set_contents(file, tree, fdt_totalsize(tree), NULL);
}

static struct handset *new_handset(void)
{
    struct handset *handset = g_new0(struct handset, 1);

    handset->load = g_new0(struct handset_load, 1);
    handset->load[0].path = g_strdup(file);
    handset->load_count = 1;
    return handset;
}

static void free_handset(struct handset *handset)
{
    g_free(handset->load[0].path);
    g_free(handset->load);
    g_free(handset);
}

/* The seed of the tree that the handset loads now. */
static void read_seed(const struct handset *handset, char *seed)
{
    g_autofree char *text = NULL;
    int len;
    const void *found;

    CU_ASSERT_TRUE_FATAL(g_file_get_contents(handset->load[0].path, &text, NULL, NULL));
    found = fdt_getprop(text, fdt_path_offset(text, "/chosen"), "rng-seed", &len);
    CU_ASSERT_TRUE_FATAL(found && len == SEED);
    memcpy(seed, found, SEED);
}

static void test_new_each_time(void)
{
    char first[SEED], second[SEED];
    struct handset *handset;
    g_autofree char *text = NULL;

    put_tree(SEED, 0);
    handset = new_handset();
    CU_ASSERT_TRUE(chosen_fill(handset, dir, "Europe/Vienna", NULL));
    CU_ASSERT_STRING_NOT_EQUAL(handset->load[0].path, file);
    read_seed(handset, first);
    free_handset(handset);
    handset = new_handset();
    CU_ASSERT_TRUE(chosen_fill(handset, dir, "Europe/Vienna", NULL));
    read_seed(handset, second);
    CU_ASSERT_NOT_EQUAL(memcmp(first, second, SEED), 0);
    CU_ASSERT_TRUE(g_file_get_contents(file, &text, NULL, NULL));
    CU_ASSERT_EQUAL(memcmp(text, tree, fdt_totalsize(tree)), 0);
    g_remove(handset->load[0].path);
    free_handset(handset);
}

/* The zone that `given` becomes in a tree with room for `size` bytes; free with g_free(). */
static char *zone_for(const char *given, int seed_size, int size)
{
    struct handset *handset;
    g_autofree char *text = NULL;
    char *zone = NULL;
    const void *found;
    int len;

    put_tree(seed_size, size);
    handset = new_handset();
    CU_ASSERT_TRUE(chosen_fill(handset, dir, given, NULL));
    if (strcmp(handset->load[0].path, file) != 0) {
        CU_ASSERT_TRUE_FATAL(g_file_get_contents(handset->load[0].path, &text, NULL, NULL));
        found = fdt_getprop(text, fdt_path_offset(text, "/chosen"), "phonebooth,timezone", &len);
        CU_ASSERT_EQUAL(found ? len : 0, size);
        zone = found ? g_strndup(found, (gsize)len) : NULL;
        g_remove(handset->load[0].path);
    }
    free_handset(handset);
    return zone;
}

static void test_zone(void)
{
    g_autofree char *named = zone_for("Europe/Vienna", 0, ZONE);
    g_autofree char *seeded = zone_for("Etc/GMT+1", SEED, ZONE);
    g_autofree char *none = zone_for(NULL, SEED, ZONE);

    CU_ASSERT_STRING_EQUAL(named, "Europe/Vienna");
    CU_ASSERT_STRING_EQUAL(seeded, "Etc/GMT+1");
    CU_ASSERT_STRING_EQUAL(none, "");
    CU_ASSERT_PTR_NULL(zone_for("UTC", 0, ZONE - 1)); /* of another build: left alone */
    CU_ASSERT_PTR_NULL(zone_for("UTC", 0, ZONE + 1));
}

/* What is no device tree, or has no seed, is loaded as it is. */
static void test_left_alone(void)
{
    struct handset *handset;

    put_tree(0, 0);
    handset = new_handset();
    CU_ASSERT_TRUE(chosen_fill(handset, dir, "Europe/Vienna", NULL));
    CU_ASSERT_STRING_EQUAL(handset->load[0].path, file);
    for (unsigned length = 0; length < 100; length += 3) {
        put_tree(SEED, 0);
        g_file_set_contents(file, tree, length, NULL);
        CU_ASSERT_TRUE(chosen_fill(handset, dir, "Europe/Vienna", NULL));
        CU_ASSERT_STRING_EQUAL(handset->load[0].path, file);
    }
    free_handset(handset);
}

static void note_seed(void *opaque, uint64_t address, gsize size)
{
    uint64_t *found = opaque;

    CU_ASSERT_EQUAL(size, SEED);
    *found = address;
}

/* Where a loaded tree's seed is in memory: what is written there is its seed. */
static void test_place(void)
{
    struct handset *handset;
    uint64_t found = 0;
    char seed[SEED];

    put_tree(SEED, ZONE);
    handset = new_handset();
    handset->load[0].address = 0x1000;
    CU_ASSERT_TRUE(chosen_find_seeds(handset, note_seed, &found, NULL));
    CU_ASSERT_TRUE_FATAL(found > 0x1000 && found < 0x1000 + fdt_totalsize(tree));
    memset(tree + found - 0x1000, 'x', SEED);
    g_file_set_contents(file, tree, fdt_totalsize(tree), NULL);
    read_seed(handset, seed);
    CU_ASSERT_EQUAL(seed[0], 'x');
    CU_ASSERT_EQUAL(seed[SEED - 1], 'x');
    put_tree(0, ZONE);
    found = 0;
    CU_ASSERT_TRUE(chosen_find_seeds(handset, note_seed, &found, NULL));
    CU_ASSERT_EQUAL(found, 0);
    free_handset(handset);
}

static void test_errors(void)
{
    struct handset *handset;
    GError *error = NULL;

    put_tree(SEED, 0);
    handset = new_handset();
    CU_ASSERT_FALSE(chosen_fill(handset, "/nowhere/at/all", NULL, &error));
    CU_ASSERT_PTR_NOT_NULL(error);
    g_clear_error(&error);
    g_remove(file);
    CU_ASSERT_FALSE(chosen_fill(handset, dir, NULL, &error));
    CU_ASSERT_PTR_NOT_NULL(error);
    g_clear_error(&error);
    free_handset(handset);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"new at each start", test_new_each_time},
                                        {"the host's zone", test_zone},
                                        {"what has no seed", test_left_alone},
                                        {"where a seed is", test_place},
                                        {"errors", test_errors},
                                        CU_TEST_INFO_NULL};
    g_autofree char *top = g_dir_make_tmp("phonebooth-chosen-XXXXXX", NULL);
    int result;

    dir = g_build_filename(top, "run", NULL);
    file = g_build_filename(top, "board.dtb", NULL);
    if (!top || g_mkdir(dir, 0700)) {
        return 1;
    }
    result = run_suite("chosen", tests);
    g_remove(file);
    g_rmdir(dir);
    g_rmdir(top);
    g_free(dir);
    g_free(file);
    return result;
}
