/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The ChaCha20 block function, RFC 8439 section 2.3. */
#ifndef CHACHA20_H
#define CHACHA20_H

#include <stdint.h>

#define CHACHA20_KEY   8u  /* words */
#define CHACHA20_NONCE 3u  /* words */
#define CHACHA20_BLOCK 16u /* words */

void chacha20_block(uint32_t out[CHACHA20_BLOCK], const uint32_t key[CHACHA20_KEY],
                    uint32_t counter, const uint32_t nonce[CHACHA20_NONCE]);

#endif
