/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * RAM of protected VMs. The IPA space of such a VM has two halves. In the lower one RAM is its own;
 * the upper one (PB_IPA_SHARED) has what others see too: devices, and the pages of RAM that the
 * guest shares. A page is in one half only, at the same offset, and in its owner's stage 2 (IPA =
 * PA) if it is in the upper one.
 *
 * pack made all tables (pb_vm.l3_pa): per 2 MiB of RAM one level-3 table for the lower half, then
 * one that the upper half and the owner use together. All descriptors are there, so the state of a
 * page depends only on which of its two descriptors has the valid bit.
 */
#ifndef VM_PROTECT_H
#define VM_PROTECT_H

#include "vm/vm.h"

/*
 * Pages from byte `at` of RAM on become shared with the owner, or private; those that change are
 * cleared, so that nobody can read what they held. All lie within 2 MiB. Under the VM's lock.
 */
void protect_convert(const struct vm *vm, uint64_t at, unsigned pages, bool share);

/* Where an address in private RAM is; 0: it is none. Under the VM's lock. */
struct paddr protect_pa(const struct vm *vm, struct ipa ipa);

#endif
