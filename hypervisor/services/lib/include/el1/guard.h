/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Memory that is not ours: a protected VM's RAM, of which stage 2 maps only the pages that the VM
 * shares, and only as long as it shares them. An access that aborts finds a substitute instead, for
 * the 2 MiB around it, zeroed for that VM alone; so code that uses such memory runs to its end, and
 * then asks whether it was real.
 */
#ifndef EL1_GUARD_H
#define EL1_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guard;

/* Physical memory [base, base + size), multiples of 2 MiB. At start; takes 2 MiB for a substitute.
 */
struct guard *guard_add(uint64_t base, uint64_t size);

/* TRUE if there was an abort since the last call; the real memory is back now. */
bool guard_hit(struct guard *guard);

/* TRUE if every page of [data, data + len) can be read now. As guard_hit() if it cannot. */
bool guard_probe(struct guard *guard, const void *data, size_t len);

/* fault.c: a data abort at this address. TRUE: try again. Uses no FP or SIMD register. */
bool guard_abort(uint64_t address);

#endif
