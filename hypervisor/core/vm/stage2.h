/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The part of stage 2 that changes at run time; pack made all tables. */
#ifndef VM_STAGE2_H
#define VM_STAGE2_H

#include "vm/vm.h"

/*
 * Lend the VM's RAM to its owner and to the devices that the owner drives (stage 2, IPA = PA, no
 * execution; DMA firewall), or take it back; with TLB maintenance. Caller holds vm->lock.
 */
void stage2_lend(const struct vm *vm, bool lent);

/* Invalidate TLB entries of this VM and of its owner, and instruction caches. */
void stage2_flush(const struct vm *vm);

/* VTTBR_EL2 of a VM: table address and VMID. */
uint64_t stage2_vttbr(const struct vm *vm);

#endif
