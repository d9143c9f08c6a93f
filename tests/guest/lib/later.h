/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Registers of architectures after Armv8.0. */
#ifndef GUEST_LATER_H
#define GUEST_LATER_H

#include <stdint.h>

#define LATER_COUNT 5
#define LATER_DISR  1u

/*
 * Writes all that are there, with values that depend on `seed`, and reads them into `seen`. Answers
 * which are there, a bit for each: an access to the others is undefined.
 */
unsigned later_fill(uint64_t seed, uint64_t seen[LATER_COUNT]);

/* Those of `there` that differ from `seen`. */
unsigned later_changed(unsigned there, const uint64_t seen[LATER_COUNT]);

#endif
