/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "trap/a32_inject.h"
#include "trap/a32_state.h"

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
#define SCTLR_TE(r) ((r) >> 30 & 1)
#define TCR_EAE     BIT(31)

#define VECTOR_UND  0x04u
#define VECTOR_PABT 0x0cu /* a data abort's is 4 behind it, as its class of exception */
#define HIVECS      0xffff0000u

/* DFSR, IFSR: a synchronous external abort, not on a table walk */
#define FSR_SHORT  0x008u
#define FSR_LPAE   0x210u
#define FSR_WNR(i) (((i)&DABT_WNR) << 5)

/* AArch32.EnterMode(); mode with the bits of CPSR that it sets */
static void enter(uint64_t spsr, uint64_t mode, uint64_t vector)
{
    uint64_t sctlr = sysreg_read(sctlr_el1);

    sysreg_write(spsr_el2,
                 (spsr & CPSR_STAYS) | mode | SCTLR_TE(sctlr) << 5 | (sctlr & SCTLR_EE) >> 16);
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
