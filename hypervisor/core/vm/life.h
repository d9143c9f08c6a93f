/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Life of a VM: OFF -> RUNNING <-> PAUSED -> STOPPED -> scrub -> OFF; see
 * docs/design/contracts.md, section 5. Callers hold vm->lock; answers are enum pb_error.
 */
#ifndef VM_LIFE_H
#define VM_LIFE_H

#include "vm/vm.h"

/* Fill vms[] and vcpus[] from the table, lend RAM, start the VMs with PB_VM_AUTOSTART. Once, on
 * pCPU 0. */
void vm_init(void);

void vm_set_state(struct vm *vm, enum pb_vm_state state, enum pb_vm_reason reason);

/*
 * The management calls of phonebooth/hypercall.h. A measured VM starts where the table says,
 * whatever entry and x0 are.
 */
int64_t vm_start(struct vm *vm, struct ipa entry, uint64_t x0);
int64_t vm_stop(struct vm *vm, enum pb_vm_reason reason);
int64_t vm_scrub(struct vm *vm);
int64_t vm_pause(struct vm *vm);
int64_t vm_resume(struct vm *vm);

/* v, which is off, goes on at `entry` as after reset. */
void vcpu_start(struct vcpu *v, struct ipa entry, uint64_t x0);

#endif
