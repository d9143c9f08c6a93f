/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the virtual GIC asks of the CPU: the ICH_* registers, the timers. */
#include "cpu/arch.h"
#include "cpu/gic.h"
#include "vgic/vgic.h"

#define VMCR_VPMR(v) ((unsigned)((v) >> 24) & 0xff)
#define VMCR_VEOIM   BIT(9)

/* ICH_VTR_EL2 */
#define VTR_LIST_REGS 31u /* minus one */
#define VTR_TDS       BIT(19)

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

/* Those behind VGIC_LRS are used by nothing here, and must not hold what was there before. */
void vgic_hw_init(void)
{
    unsigned last = sysreg_read(ich_vtr_el2) & VTR_LIST_REGS;

    for (unsigned i = 0; i < VGIC_LRS; i++) {
        vgic_hw_set_lr(i, 0);
    }
#define CLEAR(n)                          \
    if (last >= n) {                      \
        sysreg_write(ich_lr##n##_el2, 0); \
    }
    CLEAR(4)
    CLEAR(5)
    CLEAR(6)
    CLEAR(7)
    CLEAR(8)
    CLEAR(9)
    CLEAR(10)
    CLEAR(11)
    CLEAR(12)
    CLEAR(13)
    CLEAR(14)
    CLEAR(15)
#undef CLEAR
}

uint32_t vgic_hw_trap_dir(void)
{
    return sysreg_read(ich_vtr_el2) & VTR_TDS ? ICH_TDIR : ICH_TC;
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

unsigned vgic_hw_running(void)
{
    uint32_t groups = (uint32_t)(sysreg_read(ich_ap0r0_el2) | sysreg_read(ich_ap1r0_el2));

    return (unsigned)__builtin_ctzll(groups | BIT(32)) << 3;
}

unsigned vgic_hw_threshold(void)
{
    unsigned mask = VMCR_VPMR(sysreg_read(ich_vmcr_el2));
    unsigned running = vgic_hw_running();

    return running < mask ? running : mask;
}

bool vgic_hw_timer_due(uint32_t intid)
{
    uint64_t ctl = intid == INTID_CNTV ? sysreg_read(cntv_ctl_el0) : sysreg_read(cntp_ctl_el0);

    return (ctl & (TIMER_ENABLE | TIMER_IMASK | TIMER_ISTATUS)) == (TIMER_ENABLE | TIMER_ISTATUS);
}
