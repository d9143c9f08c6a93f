/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* SHA-256 (FIPS 180-4), a block at a time. */
#ifndef MEASURE_SHA256_H
#define MEASURE_SHA256_H

#include <stdbool.h>
#include <stdint.h>

#define SHA256_BLOCK 64u /* bytes */

struct sha256 {
    uint32_t state[8];
    uint64_t blocks;
};

void sha256_start(struct sha256 *h);
void sha256_block(struct sha256 *h, const uint8_t *data);

/* The big-endian digest. */
void sha256_digest(const struct sha256 *h, uint64_t digest[4]);

#endif
