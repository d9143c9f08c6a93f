/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* EL2's own address space and the part of stage 2 that changes at run time. */
#ifndef CORE_MMU_H
#define CORE_MMU_H

#include "core.h"

#define PT_BLOCK 0x200000ull /* bytes */
#define PT_VALID 1ull
#define PT_TABLE 3ull /* also a 4 KiB page at level 3 */
#define PT_ADDR  0x0000fffffffff000ull

/* EL2's own level-1 table, which pack made; start.S asks with the MMU off. Halts if the table is
 * none. */
uint64_t mmu_root(void);

/*
 * Lend the VM's RAM to its owner and to the devices that the owner drives (stage 2, IPA = PA, no
 * execution; DMA firewall), or take it back; with TLB maintenance. Caller holds vm->lock.
 */
void mmu_lend(const struct vm *vm, bool lent);

/* Forget all that TLBs and instruction caches hold of this VM and of its owner. */
void mmu_flush_vm(const struct vm *vm);

/* VTTBR_EL2 of a VM: table address and VMID. */
uint64_t mmu_vttbr(const struct vm *vm);

/* Clear memory and write it back to DRAM (its next owner may start uncached). Multiples of 64
 * bytes. */
void mmu_scrub(uint64_t pa, uint64_t size);

#endif
