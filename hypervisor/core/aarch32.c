/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What differs when a guest is in AArch32: see aarch32.h and trap.h. */
#include "aarch32.h"
#include "sched.h"
#include "trap.h"

/* CPSR bits that stay when an exception is taken: NZCVQ, GE, A, F */
#define CPSR_STAYS 0xf80f0140u
#define CPSR_A     BIT(8)
#define CPSR_I     BIT(7)
#define MODE_ABT   0x17u
#define MODE_UND   0x1bu

/* The AArch64 names of LR_abt and LR_und */
#define X_LR_ABT 20
#define X_LR_UND 22

#define SCTLR_V     BIT(13)
#define SCTLR_EE(r) ((r) >> 25 & 1)
#define SCTLR_TE(r) ((r) >> 30 & 1)
#define TCR_EAE     BIT(31)

#define VECTOR_UND  0x04u
#define VECTOR_PABT 0x0cu /* a data abort's is 4 behind it, as its class of exception */
#define HIVECS      0xffff0000u

/* DFSR, IFSR: a synchronous external abort, not on a table walk */
#define FSR_SHORT  0x008u
#define FSR_LPAE   0x210u
#define FSR_WNR(i) (((i)&DABT_WNR) << 5)

/* ESR_EL2.ISS of a trapped MRS or MSR; MCR's has no op0. MCRR's differs in opc1 and Rt2. */
#define ISS(op0, op1, crn, crm, op2) \
    ((uint32_t)(op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (crm) << 1)
#define ISS_RT(i)    ((i) >> 5 & 31)
#define ISS_CRN(i)   ((i) >> 10 & 15)
#define ISS_CRM(i)   ((i) >> 1 & 15)
#define ISS_OPC1(i)  ((i) >> 16 & 15)
#define ISS_RT2(i)   ((i) >> 10 & 31)
#define ISS_OP0(ec)  (3u ^ (ec) >> 2)
#define ISS_OPERANDS 0x3e1u /* Rt, direction */

/* AArch32.EnterMode(); mode with the bits of CPSR that it sets */
static void enter(uint64_t spsr, uint64_t mode, uint64_t vector)
{
    uint64_t sctlr = sysreg_read(sctlr_el1);

    sysreg_write(spsr_el2,
                 (spsr & CPSR_STAYS) | mode | SCTLR_TE(sctlr) << 5 | SCTLR_EE(sctlr) << 9);
    sysreg_write(elr_el2, (sctlr & SCTLR_V ? HIVECS : sysreg_read(vbar_el1)) + vector);
}

/* Fault status and address, as an abort of class ec and with the WnR of esr sets them. */
static void report(unsigned ec, uint64_t esr)
{
    uint64_t fsr = sysreg_read(tcr_el1) & TCR_EAE ? FSR_LPAE : FSR_SHORT;
    uint64_t address = sysreg_read(far_el2), both = sysreg_read(far_el1); /* IFAR, DFAR */

    if (ec == EC_IABT_LOW) {
        sysreg_write(ifsr32_el2, fsr);
        both = (uint32_t)both | address << 32;
    } else {
        sysreg_write(esr_el1, fsr | FSR_WNR(esr));
        both = both >> 32 << 32 | (uint32_t)address;
    }
    sysreg_write(far_el1, both);
}

void a32_inject(struct vcpu *v, uint64_t esr)
{
    uint64_t spsr = sysreg_read(spsr_el2), pc = sysreg_read(elr_el2);
    unsigned ec = ESR_EC(esr);

    if (ec < EC_IABT_LOW) {
        sysreg_write(spsr_und, spsr);
        v->x[X_LR_UND] = pc + 4 - (spsr & A32_T) / (A32_T / 2);
        enter(spsr, MODE_UND | CPSR_I, VECTOR_UND);
    } else {
        sysreg_write(spsr_abt, spsr);
        v->x[X_LR_ABT] = pc + 4 + (ec - EC_IABT_LOW); /* a data abort: 8 */
        report(ec, esr);
        enter(spsr, MODE_ABT | CPSR_A | CPSR_I, VECTOR_PABT + (ec - EC_IABT_LOW));
    }
}

/*
 * CP14, CP15 and VMRS as the MRS or MSR that they would be in AArch64, which numbers most of them
 * alike. What has no such form stays as it is, undefined; what fails its condition becomes a WFE,
 * which does nothing here.
 */
static uint64_t translate(struct vcpu *v, uint64_t esr)
{
    uint32_t iss = esr & 0xfffff;

    if (!a32_passes(ESR_ISS(esr), (uint32_t)sysreg_read(spsr_el2))) {
        return (uint64_t)EC_WFX << 26 | (esr & ESR_IL) | WFX_WFE;
    }
    switch (ESR_EC(esr)) {
    case EC_CP15_32: /* op0 3, CP14: 2 */
    case EC_CP14_32:
        iss |= ISS(ISS_OP0(ESR_EC(esr)), 0, 0, 0, 0);
        iss |= (iss & ISS(0, 0, 0, 4, 0)) << 14; /* these IDs are reserved: zero, as with odd op2 */
        break;
    case EC_CP10: /* MVFR0 to MVFR2 are 7 down to 5 */
        iss = (iss & ISS_OPERANDS) | ISS(3, 0, 0, 3, ~ISS_CRN(iss) & 7);
        break;
    case EC_CP15_64: /* of what traps, c12: ICC_SGI1R, ICC_ASGI1R, ICC_SGI0R */
        trap_set_reg(v, ISS_RT(iss),
                     (uint32_t)trap_reg(v, ISS_RT(iss)) | trap_reg(v, ISS_RT2(iss)) << 32);
        iss = (iss & ISS_OPERANDS) | ISS(3, 0, ISS_CRM(iss), 11, 5 + ISS_OPC1(iss));
        break;
    default:
        return esr;
    }
    return (uint64_t)EC_SYSREG << 26 | (esr & ESR_IL) | iss;
}

struct vcpu *trap_sync32(struct vcpu *v)
{
    uint64_t esr = sysreg_read(esr_el2);

    if (ESR_EC(esr) < EC_IABT_LOW) {
        sysreg_write(esr_el2, translate(v, esr));
    }
    return trap_sync(v);
}
