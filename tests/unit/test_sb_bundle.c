/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Boot bundles: a good one, and every number of it wrong. */
#include <libfdt.h>
#include <string.h>

#include "vm/bundle.h"
#include "suite.h"

#define TREE 4096

#define NO_ENTRY UINT64_MAX /* the tree does not say one: the first byte */
#define FLASH    0u

static const struct bundle_space space = {0x40000000, 0x10000000, 1u << 20};

struct image {
    uint64_t offset, size, load;
};

static const struct image good[BUNDLE_IMAGES] = {
    {0, 100000, 0x40200000}, {100352, 5000, 0x48400000}, {105472, 2000, 0x48000000}};
static const char *const names[BUNDLE_IMAGES] = {"kernel", "ramdisk", "fdt"};

static uint8_t tree[TREE];

static void put_image(int index, const struct image *image, uint64_t entry)
{
    fdt_begin_node(tree, names[index]);
    fdt_property_u32(tree, "data-offset", (uint32_t)image->offset);
    fdt_property_u32(tree, "data-size", (uint32_t)image->size);
    fdt_property_u64(tree, "load", image->load);
    if (entry != NO_ENTRY) {
        fdt_property_u64(tree, "entry", entry);
    }
    fdt_end_node(tree);
}

static uint32_t make(const struct image *images, unsigned first, unsigned count, uint64_t entry)
{
    fdt_create(tree, sizeof(tree));
    fdt_finish_reservemap(tree);
    fdt_begin_node(tree, "");
    fdt_begin_node(tree, "images");
    for (unsigned i = first; i < count; i++) {
        put_image((int)i, &images[i], i ? NO_ENTRY : entry);
    }
    fdt_end_node(tree);
    fdt_end_node(tree);
    fdt_finish(tree);
    return fdt_totalsize(tree);
}

static void test_good(void)
{
    struct bundle bundle;
    uint32_t size = make(good, 0, 3, 0x40200040);

    CU_ASSERT_EQUAL(bundle_header_size(tree), size);
    CU_ASSERT_PTR_NULL_FATAL(bundle_read(&bundle, tree, size, &space));
    CU_ASSERT_EQUAL(bundle.entry, 0x40200040);
    CU_ASSERT_EQUAL(bundle.device_tree, 0x48000000);
    CU_ASSERT_EQUAL(bundle.image[1].offset, 100352 + (size + 511) / 512 * 512);
    CU_ASSERT_EQUAL(bundle.image[1].size, 5000);
    size = make(good, 0, 1, NO_ENTRY);
    CU_ASSERT_PTR_NULL_FATAL(bundle_read(&bundle, tree, size, &space));
    CU_ASSERT_EQUAL(bundle.entry, 0x40200000);
    CU_ASSERT_EQUAL(bundle.device_tree, 0);
    CU_ASSERT_EQUAL(bundle.image[1].size, 0);
}

static void test_header_size(void)
{
    uint32_t size = make(good, 0, 3, NO_ENTRY);

    fdt_set_totalsize(tree, BUNDLE_HEADER_MAX + 1);
    CU_ASSERT_EQUAL(bundle_header_size(tree), 0);
    fdt_set_totalsize(tree, 8);
    CU_ASSERT_EQUAL(bundle_header_size(tree), 0);
    fdt_set_totalsize(tree, size);
    tree[0] ^= 1;
    CU_ASSERT_EQUAL(bundle_header_size(tree), 0);
}

static void refuse(struct image wrong, unsigned index)
{
    struct image images[BUNDLE_IMAGES];
    struct bundle bundle;
    uint32_t size;

    memcpy(images, good, sizeof(images));
    images[index] = wrong;
    size = make(images, 0, 3, NO_ENTRY);
    CU_ASSERT_PTR_NOT_NULL(bundle_read(&bundle, tree, size, &space));
}

static void test_wrong_images(void)
{
    refuse((struct image){100, 1000, 0x40200000}, 0);
    refuse((struct image){0, 0, 0x40200000}, 0);
    refuse((struct image){0, 0xffffffff, 0x40200000}, 0);
    refuse((struct image){0, 1u << 20, 0x40200000}, 0);
    refuse((struct image){0xfffffe00, 1000, 0x40200000}, 0);
    refuse((struct image){0, 1000, 0x3ffffe00}, 0);
    refuse((struct image){0, 1000, 0x4ffffe00}, 0);
    refuse((struct image){0, 1000, 0x50000000}, 0);
    refuse((struct image){0, 1000, 0xfffffffffffffff8}, 0);
    refuse((struct image){0, 1000, 0x40200001}, 0);
    refuse((struct image){100352, 5000, 0x40200000 + 99840}, 1); /* into the kernel */
    refuse((struct image){100352, 5000, 0x40200000 - 512}, 1);
}

static void test_wrong_entry(void)
{
    static const uint64_t entries[] = {0x40200000 - 4, 0x40200000 + 100000, 0x48000000, 4,
                                       UINT64_MAX - 1};
    struct bundle bundle;

    for (unsigned i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
        const uint32_t size = make(good, 0, 3, entries[i]);

        CU_ASSERT_PTR_NOT_NULL(bundle_read(&bundle, tree, size, &space));
    }
    CU_ASSERT_PTR_NOT_NULL(bundle_read(&bundle, tree, make(good, 1, 3, NO_ENTRY), &space));
    CU_ASSERT_PTR_NULL(bundle_read(&bundle, tree, make(good, 0, 3, FLASH), &space));
    CU_ASSERT_EQUAL(bundle.entry, 0);
}

/* Each byte of the tree changed in turn: it may be refused or not, but never reads outside. */
static void test_damage(void)
{
    struct bundle bundle;
    const uint32_t size = make(good, 0, 3, 0x40200040);
    uint8_t whole[TREE];

    memcpy(whole, tree, sizeof(whole));
    for (uint32_t i = 0; i < size; i++) {
        for (unsigned value = 0; value < 256; value += 51) {
            memcpy(tree, whole, sizeof(tree));
            tree[i] = (uint8_t)value;
            if (!bundle_read(&bundle, tree, size, &space)) {
                CU_ASSERT_TRUE(bundle.entry == FLASH ||
                               bundle.entry - space.ram_ipa < space.ram_size);
            }
        }
    }
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"good bundles", test_good},         {"size of the tree", test_header_size},
        {"wrong images", test_wrong_images}, {"wrong entries", test_wrong_entry},
        {"each byte damaged", test_damage},  CU_TEST_INFO_NULL};

    return run_suite("bundle", tests);
}
