/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Why vCPUs sleep, and who wakes them.
 *
 * No wake-up is lost: a vCPU that goes to sleep first sets its BLOCK bit and then looks for
 * a reason to stay awake; who has a reason for it first stores the reason, then
 * clears the bit.
 */
#ifndef VM_WAKE_H
#define VM_WAKE_H

#include "vm/vm.h"

/* Set bits of v->block; if v runs on another CPU that one is told. */
void vcpu_block(struct vcpu *v, uint32_t bits);

/* Clear bits of v->block; its CPU looks again if one was set: v may run now, or only sleep. */
void vcpu_unblock(struct vcpu *v, uint32_t bits);

/* v waits for an interrupt, unless one is due. v is loaded on this CPU; under the VM's lock. */
void vcpu_wait(struct vcpu *v);

/* v's registers are in a CPU. False: it does not run, and cannot while it is blocked. */
bool vcpu_loaded(const struct vcpu *v);

void vm_lock(struct vm *vm);

/*
 * Unlock, and carry out what was found under the lock: tell the vCPUs in vgic.look to look at
 * their interrupts, raise the VM's doorbell in its owner if `ring` is set.
 */
void vm_unlock(struct vm *vm);

#endif
