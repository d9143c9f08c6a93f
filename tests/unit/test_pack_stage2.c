/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Stage-2 tables: what is mapped is read back; blocks, pages, overlaps, damaged tables. */
#include <string.h>

#include "pack_fixture.h"
#include "stage2.h"

#define BASE 0x40301000ull

struct seen {
    guint blocks, pages;
    guint64 first_ipa, first_pa, bytes, attributes;
};

static gboolean count(guint64 ipa, guint64 pa, guint64 size, guint64 attributes, gpointer user)
{
    struct seen *seen = user;

    if (!seen->bytes) {
        seen->first_ipa = ipa;
        seen->first_pa = pa;
    }
    seen->bytes += size;
    seen->blocks += size == S2_BLOCK;
    seen->pages += size == S2_PAGE;
    seen->attributes = attributes;
    return TRUE;
}

static struct seen walk(const struct pack_s2 *s2, guint64 root)
{
    struct seen seen = {0};

    CU_ASSERT_TRUE(pack_s2_walk(s2->tables->data, s2->tables->len, s2->base, root, count, &seen));
    return seen;
}

static void blocks_where_possible(void)
{
    struct pack_s2 s2;
    struct seen seen;
    guint64 root;

    pack_s2_init(&s2, BASE);
    root = pack_s2_new_root(&s2);
    CU_ASSERT_EQUAL(root, BASE);
    CU_ASSERT_TRUE(pack_s2_map(&s2, root, 0x40000000, 0x88000000, 8 * S2_BLOCK, S2_RAM, NULL));
    seen = walk(&s2, root);
    CU_ASSERT_EQUAL(seen.blocks, 8);
    CU_ASSERT_EQUAL(seen.pages, 0);
    CU_ASSERT_EQUAL(seen.first_ipa, 0x40000000);
    CU_ASSERT_EQUAL(seen.first_pa, 0x88000000);
    CU_ASSERT_EQUAL(seen.attributes, S2_RAM);
    CU_ASSERT_EQUAL(s2.tables->len, 2 * S2_PAGE);
    pack_s2_finish(&s2);
}

static void pages_where_needed(void)
{
    struct pack_s2 s2;
    struct seen seen;
    guint64 root;

    pack_s2_init(&s2, BASE);
    root = pack_s2_new_root(&s2);
    /* From one page before a block to one page after the next: 1 + 512 + 1 pages' worth. */
    CU_ASSERT_TRUE(
        pack_s2_map(&s2, root, 0x401ff000, 0x801ff000, S2_BLOCK + 2 * S2_PAGE, S2_RAM, NULL));
    seen = walk(&s2, root);
    CU_ASSERT_EQUAL(seen.blocks, 1);
    CU_ASSERT_EQUAL(seen.pages, 2);
    pack_s2_finish(&s2);
    pack_s2_init(&s2, BASE);
    root = pack_s2_new_root(&s2);
    /* Block size, but differently aligned on both sides. */
    CU_ASSERT_TRUE(pack_s2_map(&s2, root, 0x40000000, 0x80001000, S2_BLOCK, S2_RAM_READ, NULL));
    seen = walk(&s2, root);
    CU_ASSERT_EQUAL(seen.pages, 512);
    CU_ASSERT_EQUAL(seen.attributes, S2_RAM_READ);
    pack_s2_finish(&s2);
}

static void the_last_page(void)
{
    const guint64 end = 1ull << S2_IPA_BITS;
    struct pack_s2 s2;
    guint64 root;

    pack_s2_init(&s2, BASE);
    root = pack_s2_new_root(&s2);
    CU_ASSERT_TRUE(pack_s2_map(&s2, root, end - S2_PAGE, 0, S2_PAGE, S2_DEVICE, NULL));
    CU_ASSERT_EQUAL(walk(&s2, root).first_ipa, end - S2_PAGE);
    CU_ASSERT_FALSE(pack_s2_map(&s2, root, end, 0, S2_PAGE, S2_DEVICE, NULL));
    CU_ASSERT_FALSE(pack_s2_map(&s2, root, 0, 0, end + S2_PAGE, S2_DEVICE, NULL));
    CU_ASSERT_FALSE(pack_s2_map(&s2, root, 0x1001, 0, S2_PAGE, S2_DEVICE, NULL));
    CU_ASSERT_FALSE(pack_s2_map(&s2, root, 0, 0, 0x800, S2_DEVICE, NULL));
    pack_s2_finish(&s2);
}

static void overlaps_are_refused(void)
{
    static const struct {
        guint64 ipa, size;
    } again[] = {
        {0x40000000, S2_BLOCK},     /* the same block */
        {0x40001000, S2_PAGE},      /* a page in a block */
        {0x40400000, S2_BLOCK},     /* a block over a page */
        {0x40400000, S2_PAGE},      /* the same page */
        {0x3fe00000, 2 * S2_BLOCK}, /* runs into it */
    };

    for (gsize i = 0; i < G_N_ELEMENTS(again); i++) {
        g_autoptr(GError) error = NULL;
        struct pack_s2 s2;
        guint64 root;

        pack_s2_init(&s2, BASE);
        root = pack_s2_new_root(&s2);
        CU_ASSERT_TRUE(pack_s2_map(&s2, root, 0x40000000, 0x80000000, S2_BLOCK, S2_RAM, NULL));
        CU_ASSERT_TRUE(pack_s2_map(&s2, root, 0x40400000, 0x90000000, S2_PAGE, S2_RAM, NULL));
        CU_ASSERT_FALSE(
            pack_s2_map(&s2, root, again[i].ipa, 0xa0000000, again[i].size, S2_RAM, &error));
        CU_ASSERT_PTR_NOT_NULL(error);
        pack_s2_finish(&s2);
    }
}

static void reserving_maps_nothing(void)
{
    struct pack_s2 s2;
    guint64 root;
    guint tables;

    pack_s2_init(&s2, BASE);
    root = pack_s2_new_root(&s2);
    CU_ASSERT_TRUE(pack_s2_reserve(&s2, root, 0x80000000, 3 * S2_GIB, NULL));
    CU_ASSERT_EQUAL(walk(&s2, root).bytes, 0);
    tables = s2.tables->len;
    CU_ASSERT_EQUAL(tables, 4 * S2_PAGE);
    CU_ASSERT_TRUE(pack_s2_map(&s2, root, 0x80000000, 0x80000000, 3 * S2_GIB, S2_RAM, NULL));
    CU_ASSERT_EQUAL(s2.tables->len, tables);
    pack_s2_finish(&s2);
}

static void damaged_tables(void)
{
    static const guint64 bad[] = {
        0x80000001, /* a 1 GiB block */
        0x3,        /* a table at 0 */
        0x40300003, /* a table before all of ours */
        0x40305003, /* a table behind them */
        0x0000fffffffff003ull,
    };

    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        guint64 table[512] = {GUINT64_TO_LE(bad[i])};
        struct seen seen = {0};

        CU_ASSERT_FALSE(pack_s2_walk(table, sizeof(table), BASE, BASE, count, &seen));
        CU_ASSERT_EQUAL(seen.bytes, 0);
        CU_ASSERT_FALSE(pack_s2_walk(table, 100, BASE, BASE, count, &seen));
        CU_ASSERT_FALSE(pack_s2_walk(table, sizeof(table), BASE, BASE + 8, count, &seen));
    }
}

/* A table that is its own next level ends: there are only three levels. */
static void a_loop_ends(void)
{
    guint64 table[512] = {GUINT64_TO_LE(BASE | 3)};
    struct seen seen = {0};

    CU_ASSERT_TRUE(pack_s2_walk(table, sizeof(table), BASE, BASE, count, &seen));
    CU_ASSERT_EQUAL(seen.pages, 1);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"blocks where possible", blocks_where_possible},
        {"pages where needed", pages_where_needed},
        {"the last page", the_last_page},
        {"overlaps are refused", overlaps_are_refused},
        {"reserving maps nothing", reserving_maps_nothing},
        {"damaged tables", damaged_tables},
        {"a loop ends", a_loop_ends},
        CU_TEST_INFO_NULL,
    };

    return fixture_run("pack: stage 2", tests);
}
