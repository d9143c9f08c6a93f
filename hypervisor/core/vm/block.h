/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What keeps a vCPU from running.
 *
 * No wake-up is lost: a vCPU that goes to sleep first sets its BLOCK bit and then looks for a
 * reason to stay awake; code that has such a reason first stores it and then clears the bit.
 */
#ifndef VM_BLOCK_H
#define VM_BLOCK_H

#include "vm/vm.h"

/* Set bits of v->block; if v runs on another CPU, that CPU is kicked. */
void vcpu_block(struct vcpu *v, uint32_t bits);

/* Clear bits of v->block; its CPU looks again if one was set: v may run now, or only sleep. */
void vcpu_unblock(struct vcpu *v, uint32_t bits);

/* v's registers are in a CPU. False: it does not run, and cannot while it is blocked. */
bool vcpu_loaded(const struct vcpu *v);

#endif
