/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* EL2's own address space; maintenance of TLBs and caches. */
#ifndef CPU_MMU_H
#define CPU_MMU_H

#include "cpu/addr.h"
#include "cpu/pcpu.h"

#define PT_BLOCK 0x200000ull /* bytes */
#define PT_PAGE  4096ull
#define PT_VALID 1ull
#define PT_TABLE 3ull /* also a 4 KiB page at level 3 */
#define PT_ADDR  0x0000fffffffff000ull

/* EL2's own level-1 table, which pack made; called by start.S with the MMU off. Halts if the magic
 * or the version of the configuration table is wrong. */
uint64_t mmu_root(void);

/* Invalidate the TLB entries of the VMID in this VTTBR_EL2, and the instruction caches, on all
 * CPUs. */
void mmu_flush(uint64_t vttbr);

/* Clear memory and write it back to DRAM (its next owner may start uncached). Multiples of 64
 * bytes. */
void mmu_scrub(struct paddr from, uint64_t size);

#endif
