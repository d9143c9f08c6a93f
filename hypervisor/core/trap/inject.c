/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Exceptions given to a guest, as AArch64.TakeException does (Arm DDI 0487, D1.3). */
#include "trap/inject.h"
#include "trap/a32_inject.h"

#define VECTOR_SAME_SP0 0x000u
#define VECTOR_SAME_SPX 0x200u
#define VECTOR_LOW_A64  0x400u
#define VECTOR_LOW_A32  0x600u
#define SPSR_EL1        (1ull << 2)
#define SPSR_SPX        BIT(0)

static bool from_el1(uint64_t spsr)
{
    return (spsr & (SPSR_A32 | SPSR_EL)) == SPSR_EL1;
}

static uint64_t vector(uint64_t spsr)
{
    return from_el1(spsr) ? (spsr & SPSR_SPX ? VECTOR_SAME_SPX : VECTOR_SAME_SP0)
                          : (spsr & SPSR_A32 ? VECTOR_LOW_A32 : VECTOR_LOW_A64);
}

static void note(const struct vm *vm, uint64_t esr, struct ipa ipa)
{
    struct pb_vm_page *page = vm->page;

    page->fault_esr = esr;
    page->fault_ipa = ipa.ipa;
    page->fault_pc = sysreg_read(elr_el2);
    __atomic_fetch_add(&page->faults, 1, __ATOMIC_RELEASE);
}

static void take(struct vcpu *v, uint64_t esr)
{
    uint64_t spsr = sysreg_read(spsr_el2);

    if (!(sysreg_read(hcr_el2) & HCR_RW)) {
        a32_inject(v, esr);
        return;
    }
    if (ESR_EC(esr) != EC_UNKNOWN) {
        sysreg_write(far_el1, sysreg_read(far_el2));
    }
    sysreg_write(esr_el1, esr);
    sysreg_write(elr_el1, sysreg_read(elr_el2));
    sysreg_write(spsr_el1, spsr);
    sysreg_write(elr_el2, sysreg_read(vbar_el1) + vector(spsr));
    sysreg_write(spsr_el2, SPSR_EL1H);
}

void inject_undefined(struct vcpu *v, uint64_t esr)
{
    note(v->vm, esr, (struct ipa){0});
    take(v, (uint64_t)EC_UNKNOWN << 26 | ESR_IL);
}

void inject_abort(struct vcpu *v, uint64_t esr, struct ipa ipa)
{
    uint64_t same =
        from_el1(sysreg_read(spsr_el2)) ? BIT(26) : 0; /* EC + 1: without a change of level */

    note(v->vm, esr, ipa);
    take(v, (esr & ~(uint64_t)0x1ffffff & ~BIT(26)) | same | ESR_IL |
                (esr & DABT_WNR & -(uint64_t)(ESR_EC(esr) == EC_DABT_LOW)) | FSC_SEA);
}
