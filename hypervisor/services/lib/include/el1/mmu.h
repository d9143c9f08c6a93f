/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Changes of a service's own translation, in blocks of 2 MiB of RAM. */
#ifndef EL1_MMU_H
#define EL1_MMU_H

#include <stdint.h>

#define MMU_BLOCK 0x200000ull

/* The GiB around this address consists of blocks from now on. At start: it may take a page. */
void mmu_split(uint64_t address);

/* The block around `address` is the one at physical address `pa`. Uses no FP or SIMD register. */
void mmu_map_block(uint64_t address, uint64_t pa);

/* As it was at the start: no GiB is split, each block is its own. */
void mmu_renew(void);

#endif
