/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Random numbers: ChaCha20 with fast key erasure. All unpredictability comes from /chosen/rng-seed,
 * which the board's loader fills anew at each start; 32 bytes or more, not all zero. The counter is
 * mixed in only so that the same seed twice does not give the same numbers.
 */
#ifndef ENTROPY_H
#define ENTROPY_H

#include "board.h"

void entropy_init(const struct board *board);

#endif
