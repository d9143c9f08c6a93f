/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* ChaCha20, RFC 8439 sections 2.1 to 2.3. */
#include <string.h>

#include "el1/chacha20.h"

#define DOUBLE_ROUNDS 10u

static uint32_t rotate(uint32_t value, unsigned by)
{
    return value << by | value >> (32 - by);
}

static void quarter(uint32_t *s, unsigned a, unsigned b, unsigned c, unsigned d)
{
    s[a] += s[b];
    s[d] = rotate(s[d] ^ s[a], 16);
    s[c] += s[d];
    s[b] = rotate(s[b] ^ s[c], 12);
    s[a] += s[b];
    s[d] = rotate(s[d] ^ s[a], 8);
    s[c] += s[d];
    s[b] = rotate(s[b] ^ s[c], 7);
}

void chacha20_block(uint32_t out[CHACHA20_BLOCK], const uint32_t key[CHACHA20_KEY],
                    uint32_t counter, const uint32_t nonce[CHACHA20_NONCE])
{
    uint32_t start[CHACHA20_BLOCK] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    memcpy(start + 4, key, CHACHA20_KEY * sizeof(*key));
    start[12] = counter;
    memcpy(start + 13, nonce, CHACHA20_NONCE * sizeof(*nonce));
    memcpy(out, start, sizeof(start));
    for (unsigned round = 0; round < DOUBLE_ROUNDS; round++) {
        for (unsigned i = 0; i < 4; i++) {
            quarter(out, i, i + 4, i + 8, i + 12);
        }
        for (unsigned i = 0; i < 4; i++) {
            quarter(out, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
        }
    }
    for (unsigned i = 0; i < CHACHA20_BLOCK; i++) {
        out[i] += start[i];
    }
}
