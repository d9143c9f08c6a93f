/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Pages of AREA change hands at random, on two CPUs at once, and are checked against a model. */
#ifndef REALM_STRESS_H
#define REALM_STRESS_H

#include <stdbool.h>
#include <stdint.h>

#define BITMAP_SIZE 0x4000ull /* bytes: a bit per page of 512 MiB */

/* Runs for `ms`; the number of things that were wrong. */
uint64_t stress_run(uint64_t ram_size, uint64_t ms);

/* The owner's bitmap says that these bytes of RAM are shared, or not. */
void stress_note(uint64_t offset, uint64_t size, bool shared);

#endif
