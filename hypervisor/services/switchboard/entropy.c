/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "chacha20.h"
#include "entropy.h"
#include "switchboard.h"

#include "el1/clock.h"

#define SEED_MIN 32u

static struct {
    bool ready;
    uint32_t key[CHACHA20_KEY];
} entropy;

/* One block: the first half is the next key, the second may be given out. */
static void step(uint32_t out[CHACHA20_BLOCK - CHACHA20_KEY])
{
    const uint64_t ticks = clock_ticks();
    const uint32_t nonce[CHACHA20_NONCE] = {(uint32_t)ticks, (uint32_t)(ticks >> 32), 0};
    uint32_t block[CHACHA20_BLOCK];

    chacha20_block(block, entropy.key, 0, nonce);
    memcpy(entropy.key, block, sizeof entropy.key);
    memcpy(out, block + CHACHA20_KEY, sizeof block - sizeof entropy.key);
}

/* Absorbs the seed a key's length at a time. */
static void absorb(const uint8_t *seed, uint32_t len)
{
    uint32_t unused[CHACHA20_BLOCK - CHACHA20_KEY];

    while (len) {
        const uint32_t piece = len < sizeof entropy.key ? len : (uint32_t)sizeof entropy.key;

        for (uint32_t i = 0; i < piece; i++)
            ((uint8_t *)entropy.key)[i] ^= seed[i];
        step(unused);
        seed += piece;
        len -= piece;
    }
}

void entropy_init(const struct board *board)
{
    uint8_t any = 0;

    for (uint32_t i = 0; i < board->seed_len; i++)
        any |= board->seed[i];
    if (board->seed_len < SEED_MIN || !any) {
        log_line("entropy: no seed in the device tree, the entropy devices answer nothing");
        return;
    }
    absorb(board->seed, board->seed_len);
    entropy.ready = true;
}

bool entropy_ready(void)
{
    return entropy.ready;
}

void entropy_fill(void *data, size_t len)
{
    uint32_t block[CHACHA20_BLOCK - CHACHA20_KEY];

    for (uint8_t *at = data; len;) {
        const size_t piece = len < sizeof block ? len : sizeof block;

        step(block);
        memcpy(at, block, piece);
        at += piece;
        len -= piece;
    }
}
