/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest's own translation (Arm DDI 0487, D8): 4 KiB granule, 39 bits. The lower half is as with
 * the MMU off: 0 to 1 GiB Device memory, 1 to 2 GiB RAM, cached. The upper half is the test's.
 */
#ifndef GUEST_MMU_H
#define GUEST_MMU_H

#include <stdint.h>

#define MMU_HIGH   0xffffff8000000000ull /* first address of the upper half */
#define MMU_GIB    0x40000000ull
#define MMU_NORMAL (0ull << 2 | 3ull << 8) /* attributes of a block or page: write-back */
#define MMU_DEVICE (1ull << 2)
#define MMU_BLOCK  (1ull | 1ull << 10)
#define MMU_TABLE  3ull
#define MMU_PAGE   (3ull | 1ull << 10)

/* Entries of the upper half, one per GiB. 510 is 0 to 1 GiB again, as Normal memory. */
extern uint64_t mmu_high[512];

/* This CPU's MMU and caches on. */
void mmu_on(void);

/* What was written to tables counts from now on. */
void mmu_flush(void);

/* An address below 1 GiB as Normal memory. */
static inline uint64_t mmu_normal(uint64_t address)
{
    return MMU_HIGH + 510 * MMU_GIB + address;
}

#endif
