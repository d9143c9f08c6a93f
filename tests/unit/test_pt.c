/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* EL2's translation table walker: blocks set and cleared, tables made on demand, pages left alone.
 */
#include <CUnit/Basic.h>
#include <string.h>

#include "hypervisor/core/pt.h"

#define GIB   (1ull << 30)
#define ATTR  0x7fdull
#define LIMIT 4

static uint64_t root[512] __attribute__((aligned(4096)));
static uint64_t pool[LIMIT][512] __attribute__((aligned(4096)));
static unsigned used;

static uint64_t *take(void)
{
    return used < LIMIT ? pool[used++] : NULL;
}

static void start(void)
{
    memset(root, 0, sizeof(root));
    memset(pool, 0, sizeof(pool));
    used = 0;
}

static uint64_t *entry(uint64_t addr)
{
    uint64_t *table = (uint64_t *)(uintptr_t)(root[addr >> 30] & PT_ADDR);

    return table ? &table[addr >> 21 & 511] : NULL;
}

static void map_and_unmap(void)
{
    uint64_t from = 3 * GIB - 2 * PT_BLOCK;

    start();
    CU_ASSERT_TRUE(pt_set(root, from, 4 * PT_BLOCK, ATTR, take));
    CU_ASSERT_EQUAL(used, 2);
    for (unsigned i = 0; i < 4; i++) {
        CU_ASSERT_EQUAL(*entry(from + i * PT_BLOCK), (from + i * PT_BLOCK) | ATTR);
    }
    CU_ASSERT_EQUAL(*entry(from - PT_BLOCK), 0);
    CU_ASSERT_EQUAL(*entry(from + 4 * PT_BLOCK), 0);
    CU_ASSERT_TRUE(pt_set(root, from + PT_BLOCK, PT_BLOCK, 0, take));
    CU_ASSERT_EQUAL(*entry(from + PT_BLOCK), 0);
    CU_ASSERT_EQUAL(*entry(from), from | ATTR);
    CU_ASSERT_EQUAL(used, 2);
}

static void pages_stay(void)
{
    uint64_t divided = 0x12345000ull | PT_TABLE;

    start();
    CU_ASSERT_TRUE(pt_set(root, 0, PT_BLOCK, ATTR, take));
    *entry(0) = divided;
    CU_ASSERT_TRUE(pt_set(root, 0, 2 * PT_BLOCK, ATTR, take));
    CU_ASSERT_EQUAL(*entry(0), divided);
    CU_ASSERT_TRUE(pt_set(root, 0, 2 * PT_BLOCK, 0, take));
    CU_ASSERT_EQUAL(*entry(0), divided);
    CU_ASSERT_EQUAL(*entry(PT_BLOCK), 0);
}

static void out_of_tables(void)
{
    start();
    CU_ASSERT_FALSE(pt_set(root, 0, (LIMIT + 1) * GIB, ATTR, take));
    CU_ASSERT_EQUAL(*entry(LIMIT * GIB - PT_BLOCK), (LIMIT * GIB - PT_BLOCK) | ATTR);
    CU_ASSERT_EQUAL(root[LIMIT], 0);
    CU_ASSERT_TRUE(pt_set(root, PT_LIMIT - PT_BLOCK, 0, ATTR, take));
}

int main(void)
{
    CU_pSuite suite;
    unsigned failures;

    CU_initialize_registry();
    suite = CU_add_suite("pt", NULL, NULL);
    CU_add_test(suite, "map and unmap blocks", map_and_unmap);
    CU_add_test(suite, "a block divided into pages stays", pages_stay);
    CU_add_test(suite, "no table left", out_of_tables);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    failures = CU_get_number_of_failures();
    CU_cleanup_registry();
    return failures != 0;
}
