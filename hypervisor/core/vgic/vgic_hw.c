/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the virtual GIC asks of the CPU: the ICH_* registers, the timers. */
#include "cpu/arch.h"
#include "cpu/gic.h"
#include "vgic/vgic.h"

#define VMCR_VPMR(v) ((unsigned)((v) >> 24) & 0xff)
#define VMCR_VEOIM   BIT(9)

uint64_t vgic_hw_lr(unsigned i)
{
    switch (i) {
    case 0:
        return sysreg_read(ich_lr0_el2);
    case 1:
        return sysreg_read(ich_lr1_el2);
    case 2:
        return sysreg_read(ich_lr2_el2);
    default:
        return sysreg_read(ich_lr3_el2);
    }
}

void vgic_hw_set_lr(unsigned i, uint64_t value)
{
    switch (i) {
    case 0:
        sysreg_write(ich_lr0_el2, value);
        break;
    case 1:
        sysreg_write(ich_lr1_el2, value);
        break;
    case 2:
        sysreg_write(ich_lr2_el2, value);
        break;
    default:
        sysreg_write(ich_lr3_el2, value);
    }
}

uint32_t vgic_hw_empty(void)
{
    return (uint32_t)sysreg_read(ich_elrsr_el2);
}

unsigned vgic_hw_eoi_count(void)
{
    return (unsigned)(sysreg_read(ich_hcr_el2) >> 27) & 31;
}

void vgic_hw_set_hcr(uint32_t value)
{
    sysreg_write(ich_hcr_el2, value);
}

bool vgic_hw_eoi_split(void)
{
    return sysreg_read(ich_vmcr_el2) & VMCR_VEOIM;
}

unsigned vgic_hw_threshold(void)
{
    unsigned mask = VMCR_VPMR(sysreg_read(ich_vmcr_el2));
    uint32_t groups = (uint32_t)(sysreg_read(ich_ap0r0_el2) | sysreg_read(ich_ap1r0_el2));
    unsigned running = (unsigned)__builtin_ctzll(groups | BIT(32)) << 3;

    return running < mask ? running : mask;
}

bool vgic_hw_timer_due(uint32_t intid)
{
    uint64_t ctl = intid == INTID_CNTV ? sysreg_read(cntv_ctl_el0) : sysreg_read(cntp_ctl_el0);

    return (ctl & (TIMER_ENABLE | TIMER_IMASK | TIMER_ISTATUS)) == (TIMER_ENABLE | TIMER_ISTATUS);
}
