/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Stage 2 aborts: emulated devices, or an external abort for the guest. */
#include "trap/classes.h"
#include "trap/guest.h"
#include "trap/inject.h"
#include "trap/mmio.h"
#include "vm/wake.h"

#define HPFAR_IPA(hpfar) (((hpfar)&0xfffffffff0ull) << 8)
#define PAGE_MASK        0xfffull
#define TRY_AGAIN        UINT64_MAX

/*
 * The faulting IPA. HPFAR_EL2 holds it unless stage 2 refused a permission: then
 * the guest's own translation is asked. TRY_AGAIN: it has changed meanwhile.
 */
static struct ipa fault_ipa(uint64_t esr)
{
    struct gva far = {sysreg_read(far_el2)};
    uint64_t page = HPFAR_IPA(sysreg_read(hpfar_el2));

    if (FSC_TYPE(esr) == FSC_PERM && !(esr & DABT_S1PTW)) {
        uint64_t guest_par = sysreg_read(par_el1);

        __asm__ volatile("at s1e1r, %0" : : "r"(far.va) : "memory");
        isb();
        page = sysreg_read(par_el1);
        sysreg_write(par_el1, guest_par);
        if (page & PAR_F) {
            return (struct ipa){TRY_AGAIN};
        }
        page &= 0x0000fffffffff000ull;
    }
    return (struct ipa){page | (far.va & PAGE_MASK)};
}

/* How v's data accesses are ordered: PSTATE.E, or, in AArch64, SCTLR_EL1.EE and E0E. */
static bool big_endian(void)
{
    uint64_t spsr = sysreg_read(spsr_el2), sctlr = sysreg_read(sctlr_el1);

    if (spsr & SPSR_A32) {
        return spsr & SPSR_E;
    }
    return sctlr & (spsr & SPSR_EL ? SCTLR_EE : SCTLR_E0E);
}

static bool emulate(struct vcpu *v, uint64_t esr, struct ipa ipa)
{
    uint32_t iss = ESR_ISS(esr);
    bool done;
    struct mmio m = {
        .ipa = ipa,
        .kind = (iss & DABT_WNR) != 0,
        .read = {DABT_SRT(iss), 1u << DABT_SAS(iss), iss & DABT_SSE, iss & DABT_SF, big_endian()},
    };

    if (!(iss & DABT_ISV) || (iss & DABT_S1PTW) || (ipa.ipa & (m.read.size - 1u))) {
        return false;
    }
    m.value = post_order(&m.read, vcpu_reg(v, m.read.reg));
    vm_lock(v->vm);
    done = mmio_access(v, &m);
    vm_unlock(v->vm);
    return done;
}

void trap_data_abort(struct vcpu *v, uint64_t esr)
{
    struct ipa ipa = fault_ipa(esr);
    bool done = false;

    if (ipa.ipa == TRY_AGAIN) {
        return;
    }
    if ((FSC_TYPE(esr) & ~8u) == FSC_TRANS) { /* or FSC_PERM */
        /* cache maintenance of what may be read only: nothing to do */
        done = (FSC_TYPE(esr) == FSC_PERM && (esr & DABT_CM)) || emulate(v, esr, ipa);
    }
    if (!done) {
        inject_abort(v, esr, ipa);
    } else {
        trap_skip(esr);
    }
}

void trap_inst_abort(struct vcpu *v, uint64_t esr)
{
    struct ipa ipa = fault_ipa(esr);

    if (ipa.ipa != TRY_AGAIN) {
        inject_abort(v, esr, ipa);
    }
}
