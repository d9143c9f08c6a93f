/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Life of a VM: OFF -> RUNNING <-> PAUSED -> STOPPED -> scrub -> OFF; see
 * docs/design/contracts.md, section 5. Callers hold vm->lock; answers are enum pb_error.
 */
#ifndef CORE_VM_H
#define CORE_VM_H

#include "core.h"

/* Fill vms[] and vcpus[] from the table, lend RAM, start what starts by itself. Once, on pCPU 0. */
void vm_init(void);

/* Who gets a physical SPI, below 1020; NULL: nobody. */
const struct pb_route *vm_route(uint32_t pintid);

void vm_set_state(struct vm *vm, enum pb_vm_state state, enum pb_vm_reason reason);
int64_t vm_stop(struct vm *vm, enum pb_vm_reason reason);

/* v, which is off, goes on at `entry`, an IPA, as after reset. */
void vcpu_start(struct vcpu *v, uint64_t entry, uint64_t x0);

#endif
