/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Boot bundles: Flattened Image Tree with external data (docs/design/contracts.md, section 5). What
 * is on the disk is taken as hostile: every number is checked here. No I/O.
 */
#ifndef BUNDLE_H
#define BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BUNDLE_SECTOR     512u
#define BUNDLE_HEADER_MAX 65536u /* bytes of the tree itself */
#define BUNDLE_IMAGES     3u
#define BUNDLE_FDT        2u /* index of the device tree among them */

struct bundle_image {
    uint64_t offset; /* bytes from the start of the bundle, a multiple of 512; */
    uint64_t size;   /* bytes; 0: there is no such image */
    uint64_t load;   /* IPA */
};

struct bundle {
    struct bundle_image image[BUNDLE_IMAGES]; /* kernel, ramdisk, fdt */
    uint64_t entry;                           /* IPA of the first instruction */
    uint64_t device_tree;                     /* IPA, 0: none */
};

/* Where the images may lie. */
struct bundle_space {
    uint64_t ram_ipa, ram_size;
    uint64_t bytes; /* of the partition */
};

/* Bytes of the tree from its first 512; 0: it is none, or too big. */
uint32_t bundle_header_size(const void *start);

/*
 * Reads the tree, `size` bytes. NULL, or what is wrong with it. Images rounded up to 512 bytes are
 * inside the partition, inside RAM, and do not meet in RAM.
 */
const char *bundle_read(struct bundle *bundle, const void *tree, uint32_t size,
                        const struct bundle_space *space);

#endif
