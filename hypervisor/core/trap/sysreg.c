/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * System registers that trap. Performance monitors read as zero and ignore writes: they are not
 * shared between VMs, so no VM has them.
 */
#include "cpu/table.h"
#include "trap/classes.h"
#include "trap/guest.h"
#include "trap/inject.h"
#include "trap/sysreg_rules.h"
#include "vm/switch.h"
#include "vm/wake.h"

/* ESR_EL2.ISS of a trapped MRS or MSR */
#define ISS_READ   1u
#define ISS_RT(i)  ((i) >> 5 & 31)
#define ISS_REG(i) (((i) >> 10 & 0xfff) << 4 | ((i) >> 1 & 15))

#define OSLSR_OSLM BIT(3)

/* AArch32: DEBUG_COUNT of each, none of them context-aware but the last; Armv8 debug */
#define DBGDIDR ((DEBUG_COUNT - 1) << 28 | (DEBUG_COUNT - 1) << 24 | 6u << 16 | 1u << 15)

/* ICC_CTLR_EL1 and its places in ICH_VMCR_EL2 and ICH_VTR_EL2 */
#define CTLR_CBPR       BIT(0)
#define CTLR_EOIMODE    BIT(1)
#define VMCR_CBPR       BIT(4)
#define VMCR_EOIM       BIT(9)
#define CTLR_SIZES(vtr) (((vtr) >> 29 & 7) << 8 | ((vtr) >> 23 & 7) << 11 | ((vtr) >> 21 & 1) << 15)
#define VMCR_PMR        24 /* shift; five bits of priority */
#define PMR_MASK        0xf8ull
#define ICC_SRE         7ull /* system registers, no bypass: fixed */

void sysreg_zero(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    (void)v;
    (void)reg;
    (void)read;
    *x = 0;
}

void sysreg_mdscr(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    (void)reg;
    if (read) {
        *x = sysreg_read(mdscr_el1);
    } else {
        sysreg_write(mdscr_el1, *x & MDSCR_GUEST);
        vcpu_load_debug(v);
    }
}

/* DBGBVR<n>, DBGBCR<n>, DBGWVR<n>, DBGWCR<n>: op2 4 to 7, n is CRm. */
void sysreg_debug(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    unsigned n = reg & 15;
    uint64_t *at = &v->context.debug[n % DEBUG_COUNT][reg >> 11 & 3];

    if (n >= DEBUG_COUNT) {
        *x = 0;
    } else if (read) {
        *x = *at;
    } else {
        *at = *x;
        vcpu_load_debug(v);
    }
}

void sysreg_didr(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    (void)v;
    (void)reg;
    (void)read;
    *x = DBGDIDR;
}

void sysreg_sre(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    (void)v;
    (void)reg;
    (void)read;
    *x = ICC_SRE;
}

/* These trap where the CPU cannot trap ICC_DIR_EL1 alone: vgic_hw_trap_dir(). */
void sysreg_ctlr(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    uint64_t vmcr = sysreg_read(ich_vmcr_el2);

    (void)v;
    (void)reg;
    if (read) {
        *x = (vmcr & VMCR_CBPR ? CTLR_CBPR : 0) | (vmcr & VMCR_EOIM ? CTLR_EOIMODE : 0) |
             CTLR_SIZES(sysreg_read(ich_vtr_el2));
    } else {
        vmcr &= ~(VMCR_CBPR | VMCR_EOIM);
        vmcr |= (*x & CTLR_CBPR ? VMCR_CBPR : 0) | (*x & CTLR_EOIMODE ? VMCR_EOIM : 0);
        sysreg_write(ich_vmcr_el2, vmcr);
    }
}

void sysreg_pmr(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    uint64_t vmcr = sysreg_read(ich_vmcr_el2);

    (void)v;
    (void)reg;
    if (read) {
        *x = vmcr >> VMCR_PMR & 0xff;
    } else {
        sysreg_write(ich_vmcr_el2, (uint32_t)(vmcr << 8) >> 8 | (*x & PMR_MASK) << VMCR_PMR);
    }
}

void sysreg_rpr(struct vcpu *v, uint64_t *x, unsigned reg, bool read)
{
    unsigned running = vgic_hw_running();

    (void)v;
    (void)reg;
    (void)read;
    *x = running < 0xff ? running : 0xff;
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
