/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/switch.h"
#include "cpu/gic.h"
#include "vm/stage2.h"
#include "vm/wake.h"

#define TIMER_PPIS (1u << INTID_CNTV | 1u << INTID_CNTP)

#define MPIDR_RES1 BIT(31)

/* Architectural reset of a vCPU: everything that a former life left is gone. */
static void reset(struct vcpu *v)
{
    const struct pb_vm *cfg = v->vm->cfg;
    struct context *c = &v->context;

    __builtin_memset(v->x, 0, sizeof(v->x));
    __builtin_memset(c, 0, sizeof(*c));
    v->x[0] = v->x0;
    c->elr_el2 = v->entry;
    c->spsr_el2 = cfg->spsr | (v->entry & cfg->spsr >> 4 & 1) << 5; /* A32: T, an odd entry */
    c->sctlr_el1 = cfg->sctlr;
    c->hcr_el2 = cfg->hcr;
    c->vttbr_el2 = stage2_vttbr(v->vm);
    c->vmpidr_el2 = MPIDR_RES1 | v->index;
    if (this_pcpu()->fp_owner == v) {
        this_pcpu()->fp_owner = NULL;
    }
    __atomic_store_n(&v->reset, false, __ATOMIC_RELEASE);
}

static void trap_fp(bool trap)
{
    sysreg_write(cptr_el2, CPTR_RES1 | CPTR_TTA | (trap ? CPTR_TFP : 0));
}

/* TLB entries are tagged by VM, not by vCPU: two of one VM must not see each other's local ones. */
static void flush_sibling(struct pcpu *p, struct vcpu *v)
{
    struct vcpu **last = &p->last[v->vm->id];

    if (*last != v) {
        *last = v;
        isb();
        __asm__ volatile("tlbi vmalle1\n\tic iallu" : : : "memory");
        dsb(nsh);
    }
}

void vcpu_load(struct vcpu *v)
{
    struct pcpu *p = this_pcpu();

    count(PB_STAT_SWITCH);
    if (v->reset) {
        reset(v);
    }
    if (v->vgic.ppi
            .hw) { /* a timer's; the guest's EOI ends it again, or another vCPU by register */
        vm_lock(v->vm);
        gic_ppi_active(p->id, v->vgic.ppi.hw, true);
        vm_unlock(v->vm);
    }
    sysreg_write(cntvoff_el2, v->vm->cntvoff);
    context_load(&v->context);
    flush_sibling(p, v);
    trap_fp(p->fp_owner != v);
    v->vgic.dirty = VGIC_ALL;
    v->vgic.stale = (1u << VGIC_LRS) - 1;
}

/*
 * The timers' interrupts are private to the physical CPU. A pending one is dropped:
 * the timer fires again when the vCPU is back. An active one is remembered in the bitmaps.
 */
static void park_timers(struct vcpu *v)
{
    struct vgic_bank *b = &v->vgic.ppi;
    uint32_t hw = b->hw & TIMER_PPIS, pending = hw & ~b->active;

    b->latch &= ~pending;
    b->hw &= ~pending;
    if (hw) {
        gic_ppi_active(v->pcpu, hw, false);
    }
}

void vcpu_unload(struct vcpu *v)
{
    context_save(&v->context);
    sysreg_write(cntv_ctl_el0, 0);
    sysreg_write(cntp_ctl_el0, 0);
    isb();
    vm_lock(v->vm);
    vgic_fold(&v->vgic);
    park_timers(v);
    v->vm->paused_at = counter(); /* if it was paused: its clock stands still from now on */
    vgic_hw_set_hcr(0);
    __atomic_store_n(&this_pcpu()->cur, NULL, __ATOMIC_SEQ_CST);
    vm_unlock(v->vm);
}

void vcpu_take_fp(struct vcpu *v)
{
    struct pcpu *p = this_pcpu();

    trap_fp(false);
    isb();
    if (p->fp_owner) {
        fp_save(&p->fp_owner->context.fp);
    }
    fp_load(&v->context.fp);
    p->fp_owner = v;
}
