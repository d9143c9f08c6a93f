/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * System registers that trap. Debug and performance monitors read as zero and
 * ignore writes: they are not shared between VMs, so nobody has them.
 */
#include "trap/sysreg.h"
#include "cpu/table.h"
#include "trap/guest.h"
#include "trap/inject.h"
#include "trap/sysreg_rules.h"
#include "vm/wake.h"

/* ESR_EL2.ISS of a trapped MRS or MSR */
#define ISS_READ   1u
#define ISS_RT(i)  ((i) >> 5 & 31)
#define ISS_REG(i) (((i) >> 10 & 0xfff) << 4 | ((i) >> 1 & 15))

#define MDSCR_GUEST 0x3001ull /* KDE, TDCC, SS: single step works, breakpoints do not */
#define OSLSR_OSLM  BIT(3)

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

void sysreg_id(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    (void)v;
    (void)read;
    *x = TABLE->id[reg >> 11 & 7][reg & 7];
}

void trap_sysreg(struct vcpu *v, uint64_t esr)
{
    unsigned reg = ISS_REG((uint32_t)esr);
    unsigned rt = ISS_RT(esr);

    for (const struct sysreg_rule *r = sysreg_rules; r < sysreg_rules_end; r++) {
        if ((reg & r->mask) == r->reg) {
            uint64_t x = vcpu_reg(v, rt);

            ((access_fn *)table_function(&r->handler))(v, &x, reg, esr & ISS_READ);
            if (esr & ISS_READ) {
                vcpu_set_reg(v, rt, x);
            }
            trap_skip(esr);
            return;
        }
    }
    inject_undefined(v, esr);
}
