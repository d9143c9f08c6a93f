/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Random numbers: ChaCha20 with fast key erasure. All unpredictability comes from the seed, which
 * the board's loader puts into /chosen/rng-seed anew at each start. The counter is mixed in only so
 * that the same seed twice does not give the same numbers. A machine that goes on from a saved
 * state finds a new seed in the same place, before it runs; it is absorbed before anything is given
 * out.
 */
#ifndef EL1_ENTROPY_H
#define EL1_ENTROPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENTROPY_SEED_MIN 32u /* bytes */

/*
 * seed may be NULL. What is shorter than ENTROPY_SEED_MIN or all zero is no seed. It is looked at
 * again whenever numbers are asked for, so it must stay.
 */
void entropy_init(const uint8_t *seed, size_t len);

/* There was a seed. Without one nothing may be asked for. */
bool entropy_ready(void);
void entropy_fill(void *data, size_t len);

#endif
