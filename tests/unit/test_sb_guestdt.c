/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A guest's device tree gets the host's time zone in place, whatever lies on its boot partition. */
#include <libfdt.h>
#include <string.h>

#include "vm/guestdt.h"
#include "phonebooth/chosen.h"
#include "suite.h"

#define SIZE 1024

static const char zone[PB_TIMEZONE_SIZE] = "Europe/Vienna";
static char tree[SIZE];

/* A tree with room for `size` bytes of a zone; 0: none. */
static void make_tree(int size)
{
    static const char zeros[PB_TIMEZONE_SIZE + 1];

    fdt_create(tree, SIZE);
    fdt_finish_reservemap(tree);
    fdt_begin_node(tree, "");
    fdt_begin_node(tree, "chosen");
    if (size) {
        fdt_property(tree, PB_TIMEZONE, zeros, size);
    }
    fdt_property_string(tree, "bootargs", "quiet");
    fdt_end_node(tree);
    fdt_end_node(tree);
    fdt_finish(tree);
    memset(tree + fdt_totalsize(tree), 0xaa, SIZE - fdt_totalsize(tree));
}

static void know(const char *name)
{
    guestdt_init(&(struct board){.zone = name});
}

/* The tree stays as it is when `size` bytes of it are given. */
static void expect_same(uint64_t size)
{
    char before[SIZE];

    memcpy(before, tree, SIZE);
    guestdt_fill(tree, size);
    CU_ASSERT_EQUAL(memcmp(before, tree, SIZE), 0);
}

static void test_filled(void)
{
    int len;
    const char *found;

    know(zone);
    make_tree(PB_TIMEZONE_SIZE);
    guestdt_fill(tree, SIZE);
    CU_ASSERT_EQUAL(fdt_check_full(tree, SIZE), 0);
    found = fdt_getprop(tree, fdt_path_offset(tree, "/chosen"), PB_TIMEZONE, &len);
    CU_ASSERT_EQUAL_FATAL(len, (int)PB_TIMEZONE_SIZE);
    CU_ASSERT_EQUAL(memcmp(found, zone, sizeof(zone)), 0);
    found = fdt_getprop(tree, fdt_path_offset(tree, "/chosen"), "bootargs", &len);
    CU_ASSERT_STRING_EQUAL(found, "quiet");
}

static void test_left_alone(void)
{
    know(NULL);
    make_tree(PB_TIMEZONE_SIZE);
    expect_same(SIZE);
    know(zone);
    for (int size = 0; size <= (int)PB_TIMEZONE_SIZE + 1; size++) {
        if (size != (int)PB_TIMEZONE_SIZE) {
            make_tree(size);
            expect_same(SIZE);
        }
    }
}

/* Every shorter piece, and every byte of it changed: nothing beyond the tree is touched. */
static void test_hostile(void)
{
    uint32_t length;

    know(zone);
    make_tree(PB_TIMEZONE_SIZE);
    length = fdt_totalsize(tree);
    for (uint32_t size = 0; size < length; size++) {
        expect_same(size);
    }
    for (uint32_t at = 0; at < length; at++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            make_tree(PB_TIMEZONE_SIZE);
            tree[at] ^= (char)(1u << bit);
            guestdt_fill(tree, length);
            for (uint32_t i = length; i < SIZE; i++) {
                CU_ASSERT_EQUAL_FATAL((unsigned char)tree[i], 0xaa);
            }
        }
    }
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"filled in", test_filled},
                                        {"left alone", test_left_alone},
                                        {"hostile trees", test_hostile},
                                        CU_TEST_INFO_NULL};

    return run_suite("guestdt", tests);
}
