/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A VM's lock. Unlocking also carries out what was noted under it, such as waking vCPUs. */
#ifndef VM_WAKE_H
#define VM_WAKE_H

#include "vm/vm.h"

void vm_lock(struct vm *vm);

/*
 * Unlock, and carry out what was found under the lock: finish reads that have settled, tell the
 * vCPUs in vgic.look to look at their interrupts, raise the VM's doorbell in its owner if `ring` is
 * set.
 */
void vm_unlock(struct vm *vm);

/* v waits for an interrupt, unless one is due. v is loaded on this CPU; under the VM's lock. */
void vcpu_wait(struct vcpu *v);

#endif
