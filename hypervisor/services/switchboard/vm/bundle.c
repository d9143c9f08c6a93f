/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Flattened Image Tree, external data. */
#include <string.h>

#include <libfdt.h>

#include "bundle.h"
#include "el1/fdtread.h"

#define NUMBER_NONE UINT64_MAX
#define FLASH       0u /* IPA */
#define IMAGE_MAX   (1ull << 31)

static const char *const paths[BUNDLE_IMAGES] = {"/images/kernel", "/images/ramdisk",
                                                 "/images/fdt"};

static uint64_t round_up(uint64_t value)
{
    return (value + BUNDLE_SECTOR - 1) / BUNDLE_SECTOR * BUNDLE_SECTOR;
}

uint32_t bundle_header_size(const void *start)
{
    const uint32_t size = fdt_magic(start) == FDT_MAGIC ? fdt_totalsize(start) : 0;

    return size >= sizeof(struct fdt_header) && size <= BUNDLE_HEADER_MAX ? size : 0;
}

static const char *read_image(struct bundle_image *image, const void *tree, int node, uint64_t data,
                              const struct bundle_space *space)
{
    const uint64_t offset = fdt_read_u64(tree, node, "data-offset", 0, NUMBER_NONE);
    const uint64_t size = fdt_read_u64(tree, node, "data-size", 0, NUMBER_NONE);
    const uint64_t load = fdt_read_u64(tree, node, "load", 0, NUMBER_NONE);

    if (offset % BUNDLE_SECTOR || offset > space->bytes - data || !size || size > IMAGE_MAX ||
        size > space->bytes - data - offset || round_up(size) > space->bytes - data - offset) {
        return "an image is not inside the bundle";
    }
    if (load < space->ram_ipa || load % 4 || load - space->ram_ipa > space->ram_size ||
        round_up(size) > space->ram_size - (load - space->ram_ipa)) {
        return "an image does not fit into RAM";
    }
    *image = (struct bundle_image){data + offset, size, load};
    return NULL;
}

static bool overlap(const struct bundle_image *a, const struct bundle_image *b)
{
    return a->size && b->size && a->load < b->load + round_up(b->size) &&
           b->load < a->load + round_up(a->size);
}

static const char *check_overlaps(const struct bundle *bundle)
{
    for (unsigned i = 0; i < BUNDLE_IMAGES; i++) {
        for (unsigned j = 0; j < i; j++) {
            if (overlap(&bundle->image[i], &bundle->image[j])) {
                return "two images meet in RAM";
            }
        }
    }
    return NULL;
}

/* A firmware begins with the flash, which is a part of the RAM seen elsewhere. */
static const char *read_entry(struct bundle *bundle, const void *tree, int kernel)
{
    const struct bundle_image *image = &bundle->image[0];

    bundle->entry = fdt_read_u64(tree, kernel, "entry", 0, image->load);
    if (bundle->entry != FLASH &&
        (bundle->entry < image->load || bundle->entry - image->load >= image->size)) {
        return "the entry is not in the kernel";
    }
    bundle->device_tree = bundle->image[2].load;
    return check_overlaps(bundle);
}

const char *bundle_read(struct bundle *bundle, const void *tree, uint32_t size,
                        const struct bundle_space *space)
{
    const uint64_t data = round_up(size);
    int kernel = -1;

    memset(bundle, 0, sizeof(*bundle));
    if (fdt_check_full(tree, size) || data > space->bytes) {
        return "not a flattened image tree";
    }
    for (unsigned i = 0; i < BUNDLE_IMAGES; i++) {
        const int node = fdt_path_offset(tree, paths[i]);
        const char *wrong =
            node < 0 ? NULL : read_image(&bundle->image[i], tree, node, data, space);

        if (wrong) {
            return wrong;
        }
        if (i == 0) {
            kernel = node;
        }
    }
    return kernel < 0 ? "no kernel" : read_entry(bundle, tree, kernel);
}
