/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "el1/chacha20.h"
#include "el1/clock.h"
#include "el1/entropy.h"
#include "el1/kept.h"
#include "el1/log.h"

/* Kept: from the same seed the same numbers would come again. */
static KEPT struct {
    bool ready;
    uint32_t key[CHACHA20_KEY];
    const volatile uint8_t *seed; /* in the device tree */
    size_t seed_len;
    uint8_t absorbed[ENTROPY_SEED_MIN]; /* what the seed began with when it was absorbed */
} entropy;

/* One block: the first half is the next key, the second may be given out. */
static void step(uint32_t out[CHACHA20_BLOCK - CHACHA20_KEY])
{
    const uint64_t ticks = clock_ticks();
    const uint32_t nonce[CHACHA20_NONCE] = {(uint32_t)ticks, (uint32_t)(ticks >> 32), 0};
    uint32_t block[CHACHA20_BLOCK];

    chacha20_block(block, entropy.key, 0, nonce);
    memcpy(entropy.key, block, sizeof(entropy.key));
    memcpy(out, block + CHACHA20_KEY, sizeof(block) - sizeof(entropy.key));
}

/* Absorbs the seed a key's length at a time. */
static void absorb(void)
{
    const volatile uint8_t *seed = entropy.seed;
    size_t len = entropy.seed_len;
    uint32_t unused[CHACHA20_BLOCK - CHACHA20_KEY];

    for (size_t i = 0; i < sizeof(entropy.absorbed); i++) {
        entropy.absorbed[i] = seed[i];
    }

    while (len) {
        const size_t piece = len < sizeof(entropy.key) ? len : sizeof(entropy.key);

        for (size_t i = 0; i < piece; i++) {
            ((uint8_t *)entropy.key)[i] ^= seed[i];
        }
        step(unused);
        seed += piece;
        len -= piece;
    }
}

void entropy_init(const uint8_t *seed, size_t len)
{
    uint8_t any = 0;

    if (entropy.ready) {
        return;
    }
    for (size_t i = 0; i < len; i++) {
        any |= seed[i];
    }
    if (len < ENTROPY_SEED_MIN || !any) {
        log_line("entropy: no seed in the device tree, the entropy devices answer nothing");
        return;
    }
    entropy.seed = seed;
    entropy.seed_len = len;
    absorb();
    entropy.ready = true;
}

/* This machine goes on from a saved state: without this, so would others, with the same numbers. */
static bool seed_is_new(void)
{
    uint8_t differs = 0;

    for (size_t i = 0; i < sizeof(entropy.absorbed); i++) {
        differs |= entropy.absorbed[i] ^ entropy.seed[i];
    }
    return differs != 0;
}

bool entropy_ready(void)
{
    return entropy.ready;
}

void entropy_fill(void *data, size_t len)
{
    uint32_t block[CHACHA20_BLOCK - CHACHA20_KEY];

    if (entropy.seed && seed_is_new()) {
        absorb();
    }
    for (uint8_t *at = data; len;) {
        const size_t piece = len < sizeof(block) ? len : sizeof(block);

        step(block);
        memcpy(at, block, piece);
        at += piece;
        len -= piece;
    }
}
