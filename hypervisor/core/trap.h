/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Exceptions that a guest causes. A handler finishes the instruction or injects
 * what a CPU without hypervisor would have raised; it never stops the phone.
 */
#ifndef CORE_TRAP_H
#define CORE_TRAP_H

#include "core.h"

/*
 * vectors.S: an exception came while v was loaded. Of v's registers only x0..x15 and x30 are in
 * memory, others are not to be looked at.
 * hypercall.c: HVC and SMC; the result is in v->x[0].
 */
void hypercall(struct vcpu *v);
void trap_irq(void);
void trap_serror(void);

/* The same, with all registers in memory; these return the vCPU to enter. */
struct vcpu *trap_sync(struct vcpu *v);
struct vcpu *trap_sync32(struct vcpu *v); /* from AArch32: aarch32.c */

/* The trapped instruction is done: go on behind it. */
void trap_skip(uint64_t esr);

#define WFX_WFE 1u /* ISS of a trapped WFI or WFE */

/* sysreg.c: EC 0x18. abort.c: EC 0x20 and 0x24. */
void trap_sysreg(struct vcpu *v, uint64_t esr);
void trap_inst_abort(struct vcpu *v, uint64_t esr);
void trap_data_abort(struct vcpu *v, uint64_t esr);

/* inject.c: an undefined instruction, or a synchronous external abort at the faulting address, in
 * v, which is loaded. */
void inject_undefined(struct vcpu *v, uint64_t esr);
void inject_abort(struct vcpu *v, uint64_t esr, uint64_t ipa);

/* aarch32.c: the exception that esr, as EL1 would see it, describes, in a VM with PB_VM_A32. */
void a32_inject(struct vcpu *v, uint64_t esr);

/* A register as the instruction names it: 31 is zero. */
static inline uint64_t trap_reg(const struct vcpu *v, unsigned n)
{
    return v->x[n];
}

static inline void trap_set_reg(struct vcpu *v, unsigned n, uint64_t value)
{
    v->x[n] = value;
    v->x[31] = 0;
}

#endif
