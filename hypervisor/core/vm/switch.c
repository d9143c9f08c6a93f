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
    c->elr_el2 = v->entry.ipa;
    c->spsr_el2 = cfg->spsr | (v->entry.ipa & cfg->spsr >> 4 & 1) << 5; /* A32: T, an odd entry */
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
    sysreg_write(cptr_el2, CPTR_RES1 | CPTR_TTA | CPTR_TAM | (trap ? CPTR_TFP : 0));
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

/* Registers of later architectures that no trap keeps from a guest; they have no names here. */
static void load_later(const struct context *c)
{
    if (HAS_RAS) {
        sysreg_write(S3_4_C12_C1_1, c->vdisr_el2);
    }
    if (HAS_SME) {
        sysreg_write(S3_3_C13_C0_5, c->tpidr2_el0);
    }
}

static void save_later(struct context *c)
{
    if (HAS_RAS) {
        c->vdisr_el2 = sysreg_read(S3_4_C12_C1_1);
    }
    if (HAS_SME) {
        c->tpidr2_el0 = sysreg_read(S3_3_C13_C0_5);
    }
}

void vcpu_load_debug(const struct vcpu *v)
{
    if (sysreg_read(mdscr_el1) & MDSCR_MDE) {
        const uint64_t *d = v->context.debug[0];

        sysreg_write(dbgbvr0_el1, d[0]);
        sysreg_write(dbgbcr0_el1, d[1]);
        sysreg_write(dbgwvr0_el1, d[2]);
        sysreg_write(dbgwcr0_el1, d[3]);
        sysreg_write(dbgbvr1_el1, d[4]);
        sysreg_write(dbgbcr1_el1, d[5]);
        sysreg_write(dbgwvr1_el1, d[6]);
        sysreg_write(dbgwcr1_el1, d[7]);
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
    load_later(&v->context);
    vcpu_load_debug(v);
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
    save_later(&v->context);
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
