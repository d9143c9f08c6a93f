/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What is hashed, and in which order: phonebooth/measure.h. All memory is Device memory. */
#include "measure.h"
#include "sha256.h"

#define CACHE_LINE 64u /* bytes, of the Cortex-A53's data cache */

/* The last block of a region: what is behind its end counts as zero. */
static void add_rest(struct sha256 *h, const uint8_t *data, unsigned size)
{
    uint64_t block[SHA256_BLOCK / 8] = {0};

    for (unsigned i = 0; i < size; i++) {
        ((volatile uint8_t *)block)[i] = data[i];
    }
    sha256_block(h, (const uint8_t *)block);
}

/*
 * What the owner wrote may still be in a cache, and something else in memory: this program reads
 * memory, the VM will read its cache. From now on both have the same.
 */
static void clean(uint64_t ipa, uint64_t size)
{
    for (uint64_t end = ipa + size; ipa < end; ipa += CACHE_LINE) {
        measure_clean_line(ipa);
    }
    measure_clean_done();
}

static void add_region(struct sha256 *h, uint64_t ipa, uint64_t size)
{
    const uint64_t header[SHA256_BLOCK / 8] = {ipa, size};

    clean(ipa, size);
    sha256_block(h, (const uint8_t *)header);
    for (; size >= SHA256_BLOCK; size -= SHA256_BLOCK, ipa += SHA256_BLOCK) {
        sha256_block(h, (const uint8_t *)ipa);
    }
    if (size) {
        add_rest(h, (const uint8_t *)ipa, (unsigned)size);
    }
}

static void add_padding(struct sha256 *h)
{
    const uint64_t last[SHA256_BLOCK / 8] = {
        0x80, [7] = __builtin_bswap64(h->blocks * SHA256_BLOCK * 8)};

    sha256_block(h, (const uint8_t *)last);
}

bool measure(const struct pb_measure *list)
{
    struct sha256 h;
    uint64_t digest[4];

    sha256_start(&h);
    for (uint64_t i = 0; i < list->regions && i < PB_MEASURE_REGIONS; i++) {
        add_region(&h, list->region[i].ipa, list->region[i].size);
    }
    add_padding(&h);
    sha256_digest(&h, digest);
    return measure_is_initial(digest);
}
