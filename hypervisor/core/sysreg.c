/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * System registers that trap. Debug and performance monitors read as zero and
 * ignore writes: they are not shared between VMs, so nobody has them.
 */
#include "sched.h"
#include "tables.h"
#include "trap.h"

/* ESR_EL2.ISS of a trapped MRS or MSR; op1 and CRn are neighbours in it */
#define ISS_READ  1u
#define ISS_RT(i) ((i) >> 5 & 31)
#define ISS_REG(i) \
    (((i) >> 20 & 3) << 14 | ((i) >> 10 & 0x7f) << 7 | ((i) >> 1 & 15) << 3 | ((i) >> 17 & 7))

#define MDSCR_GUEST 0x3001ull /* KDE, TDCC, SS: single step works, breakpoints do not */
#define OSLSR_OSLM  BIT(3)

/* vectors.S: ID register n of op0 3, op1 0, CRn 0; n as id_index() says. */
uint64_t id_register(unsigned n);

void sysreg_zero(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    (void)v;
    (void)reg;
    (void)read;
    *x = 0;
}

void sysreg_mdscr(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    (void)v;
    (void)reg;
    if (read) {
        *x = sysreg_read(mdscr_el1);
    } else {
        sysreg_write(mdscr_el1, *x & MDSCR_GUEST);
    }
}

void sysreg_oslsr(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    (void)v;
    (void)reg;
    (void)read;
    *x = OSLSR_OSLM;
}

void sysreg_sgi(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    (void)read;
    vm_lock(v->vm);
    vgic_sgi(&v->vgic, *x, reg == SYSREG(3, 0, 12, 11, 5));
    vm_unlock(v->vm);
}

void sysreg_dir(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    (void)reg;
    (void)read;
    vm_lock(v->vm);
    vgic_fold(&v->vgic);
    vgic_dir(&v->vgic, *x & 0xffffff);
    vm_unlock(v->vm);
}

/*
 * Of CRm 1..3 all eight registers, of CRm 4..7 the first; the others belong to
 * extensions after Armv8.0 and read as zero.
 */
#define ID_INDEX(crm, op2) ((crm) < 4 ? ((crm)-1) * 8 + (op2) : 20 + (crm))
#define ID_PFR1            ID_INDEX(1, 1)
#define ID_DFR0            ID_INDEX(1, 2)
#define ID_AA64PFR0        ID_INDEX(4, 0)
#define ID_AA64DFR0        ID_INDEX(5, 0)

void sysreg_id(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    unsigned crm = reg >> 3 & 15, op2 = reg & 7, n = ID_INDEX(crm, op2);

    (void)v;
    (void)read;
    *x = crm < 4 || op2 == 0 ? id_register(n) : 0;
    switch (n) {
    case ID_PFR1:
        *x &= 0xf00f0f0f; /* no virtualization, no security extension */
        break;
    case ID_DFR0:
        *x &= 0xfff; /* no PMU, no trace */
        break;
    case ID_AA64PFR0:
        *x &= 0x0fff00ff; /* no EL2, no EL3, nothing above GIC */
        break;
    case ID_AA64DFR0:
        *x = (*x & 0xf) | 0x101000; /* the least number of breakpoints and watchpoints */
        break;
    }
}

void trap_sysreg(struct vcpu *v, uint64_t esr)
{
    unsigned reg = ISS_REG((uint32_t)esr);
    unsigned rt = ISS_RT(esr);

    for (const struct sysreg_rule *r = sysreg_rules; r < sysreg_rules_end; r++) {
        if (reg >= r->first && reg <= r->last) {
            uint64_t x = trap_reg(v, rt);

            ((access_fn *)table_function(&r->handler))(v, &x, reg, esr & ISS_READ);
            if (esr & ISS_READ) {
                trap_set_reg(v, rt, x);
            }
            trap_skip(esr);
            return;
        }
    }
    inject_undefined(v, esr);
}
