/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The state of a vCPU that stays in the CPU while it runs and is exchanged when
 * another vCPU is loaded. Also: the FP/SIMD registers, exchanged on first use.
 */
#ifndef CPU_CONTEXT_H
#define CPU_CONTEXT_H

/*
 * Exchanged as they are, two by two. The timers' control registers come after their
 * compare values, so that no timer fires for the wrong one; DACR32 to SPSR_fiq are the
 * AArch32 part. AFSR0_EL1 and AFSR1_EL1 hold nothing in our CPUs (Arm DDI 0500, 4.3.41).
 */
#define CONTEXT_PAIRS(X)            \
    X(sctlr_el1, cpacr_el1)         \
    X(ttbr0_el1, ttbr1_el1)         \
    X(tcr_el1, esr_el1)             \
    X(far_el1, mair_el1)            \
    X(amair_el1, vbar_el1)          \
    X(contextidr_el1, tpidr_el0)    \
    X(tpidrro_el0, tpidr_el1)       \
    X(par_el1, csselr_el1)          \
    X(mdscr_el1, sp_el0)            \
    X(sp_el1, elr_el1)              \
    X(spsr_el1, elr_el2)            \
    X(spsr_el2, vmpidr_el2)         \
    X(hcr_el2, dacr32_el2)          \
    X(ifsr32_el2, vttbr_el2)        \
    X(spsr_abt, spsr_und)           \
    X(spsr_irq, spsr_fiq)           \
    X(ich_vmcr_el2, ich_ap0r0_el2)  \
    X(ich_ap1r0_el2, cntkctl_el1)   \
    X(cntv_cval_el0, cntp_cval_el0) \
    X(cntv_ctl_el0, cntp_ctl_el0)

#ifndef __ASSEMBLER__
#include <stdint.h>

/* Breakpoints, and as many watchpoints, that a vCPU has; ID_AA64DFR0_EL1 says so (pack). */
#define DEBUG_COUNT 2

struct fp_regs {
    uint64_t q[64];
    uint64_t fpcr;
    uint64_t fpsr;
    uint64_t fpexc32_el2; /* with these: CPTR_EL2.TFP traps it, too */
};

struct context {
#define FIELDS(a, b) uint64_t a, b;
    CONTEXT_PAIRS(FIELDS)
#undef FIELDS
    struct fp_regs fp;
    uint64_t vdisr_el2;  /* of CPUs with RAS, */
    uint64_t tpidr2_el0; /* with SME */
    uint64_t debug[DEBUG_COUNT][4];
};

/* context.S: CPU registers to *c and back. */
void context_save(struct context *c);
void context_load(const struct context *c);

/* vectors.S */
void fp_save(struct fp_regs *fp);
void fp_load(const struct fp_regs *fp);

#endif /* __ASSEMBLER__ */

#endif
