/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* libFuzzer target: a boot bundle (FIT). What is accepted lies inside the partition and RAM. */
#include <stdlib.h>
#include <string.h>

#include "fdt_script.h"
#include "vm/bundle.h"

static const struct bundle_space space = {0x40000000, 64u << 20, 32u << 20};
static const char *const words[] = {"images", "kernel",    "ramdisk",     "fdt", "load",
                                    "entry",  "data-size", "data-offset", NULL};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok) {
        abort();
    }
}

static void check(const struct bundle_image *image)
{
    const uint64_t sectors = (image->size + BUNDLE_SECTOR - 1) / BUNDLE_SECTOR;

    if (!image->size) {
        return;
    }
    must(image->offset % BUNDLE_SECTOR == 0 && image->load >= space.ram_ipa);
    must(image->offset + sectors * BUNDLE_SECTOR <= space.bytes);
    must(image->load - space.ram_ipa + sectors * BUNDLE_SECTOR <= space.ram_size);
}

/* Numbers that could be right, for the properties of the input's order. */
static void likely(const uint8_t *data, size_t size, uint8_t *out, size_t *len)
{
    static const uint8_t tree[] = {
        1, 0, 0, 0, 1,                         /* /images/kernel */
        2, 7, 4, 0, 0, 2,  0,                  /* data-offset */
        2, 6, 4, 0, 0, 16, 0,                  /* data-size */
        2, 4, 8, 0, 0, 0,  0, 0x40, 0x20, 0, 0 /* load */
    };

    memcpy(out, tree, sizeof(tree));
    *len = sizeof(tree) + (size < 256 ? size : 256);
    memcpy(out + sizeof(tree), data, *len - sizeof(tree));
}

static void read_bundle(const uint8_t *data, size_t size)
{
    static uint8_t tree[FDT_SCRIPT_MAX] __attribute__((aligned(8)));
    const uint32_t bytes = fdt_script(data, size, words, tree);
    struct bundle bundle;

    if (!bytes || !bundle_header_size(tree)) {
        return;
    }
    if (bundle_read(&bundle, tree, bytes, &space)) {
        return;
    }
    must(bundle.image[0].size);
    for (unsigned i = 0; i < BUNDLE_IMAGES; i++) {
        check(&bundle.image[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t with[512];
    size_t len;

    read_bundle(data, size);
    likely(data, size, with, &len);
    read_bundle(with, len);
    return 0;
}
