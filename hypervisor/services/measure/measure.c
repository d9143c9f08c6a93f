/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* SHA-256 (FIPS 180-4) with the instructions that the CPU has for it. All memory is Device memory.
 */
#include <arm_neon.h>
#include <stdbool.h>

#include "phonebooth/measure.h"

#define RSI_MEASUREMENT_READ 0xc4000192u
#define BLOCK                64u

/* Called by start.S: TRUE if what was loaded is what the initial measurement is of. */
bool measure(const struct pb_measure *list);

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

struct hash {
    uint32x4_t abcd, efgh;
    uint64_t blocks;
};

static void add_block(struct hash *h, const uint8_t *data)
{
    uint32x4_t a = h->abcd, e = h->efgh, w[4];

    for (unsigned i = 0; i < 4; i++)
        w[i] = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(data + 16 * i)));
    for (unsigned i = 0; i < 16; i++) {
        uint32x4_t k = vaddq_u32(w[i % 4], vld1q_u32(&constants[4 * i]));
        uint32x4_t before = a;

        a = vsha256hq_u32(a, e, k);
        e = vsha256h2q_u32(e, before, k);
        w[i % 4] = vsha256su1q_u32(vsha256su0q_u32(w[i % 4], w[(i + 1) % 4]), w[(i + 2) % 4],
                                   w[(i + 3) % 4]);
    }
    h->abcd = vaddq_u32(h->abcd, a);
    h->efgh = vaddq_u32(h->efgh, e);
    h->blocks++;
}

/* The last block of a region: what is behind its end counts as zero. */
static void add_rest(struct hash *h, const uint8_t *data, unsigned size)
{
    uint64_t block[BLOCK / 8] = {0};

    for (unsigned i = 0; i < size; i++)
        ((volatile uint8_t *)block)[i] = data[i];
    add_block(h, (const uint8_t *)block);
}

static void add_region(struct hash *h, uint64_t ipa, uint64_t size)
{
    const uint64_t header[BLOCK / 8] = {ipa, size};

    add_block(h, (const uint8_t *)header);
    for (; size >= BLOCK; size -= BLOCK, ipa += BLOCK)
        add_block(h, (const uint8_t *)ipa);
    if (size)
        add_rest(h, (const uint8_t *)ipa, (unsigned)size);
}

static void add_padding(struct hash *h)
{
    const uint64_t last[BLOCK / 8] = {0x80, [7] = __builtin_bswap64(h->blocks * BLOCK * 8)};

    add_block(h, (const uint8_t *)last);
}

static bool is_initial_measurement(const struct hash *h)
{
    register uint64_t x0 __asm__("x0") = RSI_MEASUREMENT_READ;
    register uint64_t x1 __asm__("x1") = 0;
    register uint64_t x2 __asm__("x2");
    register uint64_t x3 __asm__("x3");
    register uint64_t x4 __asm__("x4");
    uint64x2_t low = vreinterpretq_u64_u8(vrev32q_u8(vreinterpretq_u8_u32(h->abcd)));
    uint64x2_t high = vreinterpretq_u64_u8(vrev32q_u8(vreinterpretq_u8_u32(h->efgh)));

    __asm__ volatile("smc #0"
                     : "+r"(x0), "+r"(x1), "=r"(x2), "=r"(x3), "=r"(x4)
                     :
                     : "x5", "x6", "x7", "x8", "memory");
    return x0 == 0 && x1 == low[0] && x2 == low[1] && x3 == high[0] && x4 == high[1];
}

bool measure(const struct pb_measure *list)
{
    struct hash h = {{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a},
                     {0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19},
                     0};

    for (uint64_t i = 0; i < list->regions && i < PB_MEASURE_REGIONS; i++)
        add_region(&h, list->region[i].ipa, list->region[i].size);
    add_padding(&h);
    return is_initial_measurement(&h);
}
