/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/sched.h"
#include "cpu/gic.h"
#include "cpu/trace.h"
#include "vm/irq.h"
#include "vm/switch.h"
#include "vm/wake.h"

#include <phonebooth/trace.h>

const struct vm *sched_front;

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* A sleeping vCPU's next wake-up by its own timers. */
static uint64_t wakeup(const struct vcpu *v, uint64_t now)
{
    const struct context *c = &v->context;
    uint64_t deadline = TURN_NEVER, offset = v->vm->cntvoff;

    /* The physical timer's registers stand behind the virtual one's. */
    for (unsigned i = 0; i < 2; i++, offset = 0) {
        if (vgic_enabled(&v->vgic, i ? INTID_CNTP : INTID_CNTV)) {
            deadline = earlier(
                deadline, turn_wakeup(now, (&c->cntv_ctl_el0)[i], (&c->cntv_cval_el0)[i], offset));
        }
    }
    return deadline;
}

/* What a look at all vCPUs of a physical CPU finds. */
struct view {
    struct vcpu *best;
    unsigned runnable; /* plus RESCHED_TRACE, so that a traced guest's WFI traps */
    unsigned equals;   /* runnable with best's priority */
    uint64_t deadline; /* of the EL2 timer */
};

static void consider(struct view *view, struct vcpu *v)
{
    int more = view->best ? v->turn.priority - view->best->turn.priority : 1;

    view->runnable++;
    if (more > 0) {
        view->equals = 0;
    }
    if (more > 0 || (more == 0 && v->turn.number < view->best->turn.number)) {
        view->best = v;
    }
    view->equals += more >= 0;
}

static struct view look(struct pcpu *p, uint64_t now)
{
    struct view view = {.runnable = p->resched, .deadline = TURN_NEVER};

    for (struct vcpu *v = p->first; v; v = v->next) {
        uint64_t due;

        if (v != p->cur && __atomic_load_n(&v->block, __ATOMIC_SEQ_CST) == BLOCK_WFI) {
            due = wakeup(v, now);
            if (due == 0) {
                __atomic_fetch_and(&v->block, ~(uint32_t)BLOCK_WFI, __ATOMIC_SEQ_CST);
            } else {
                view.deadline = earlier(view.deadline, due);
            }
        }
        if (__atomic_load_n(&v->block, __ATOMIC_SEQ_CST)) {
            v->ready = 0;
        } else {
            if (v != p->cur && !v->ready) {
                v->ready = now;
            }
            if (v->turn.period) {
                view.deadline = earlier(view.deadline, turn_renew(&v->turn, now));
            }
            consider(&view, v);
        }
    }
    return view;
}

/* cur pays for the time it ran. */
static void charge(struct pcpu *p, uint64_t now)
{
    struct vcpu *v = p->cur;

    if (v && v->turn.slice) {
        turn_charge(&v->turn, now - p->since, v->vm == sched_front, &p->last_turn);
        p->since = now;
    }
}

static void set_timer(uint64_t deadline)
{
    sysreg_write(cnthp_cval_el2, deadline);
    sysreg_write(cnthp_ctl_el2, TIMER_ENABLE); /* TURN_NEVER is never reached */
    isb();
}

/*
 * WFI traps only if another vCPU could use the time, now or when its timer is due: a guest that
 * waits in WFI itself would be woken by every interrupt of its neighbours. Nor does one with a
 * budget wait itself: it would pay for it.
 */
static void set_wfi_trap(bool trap)
{
    uint64_t hcr = sysreg_read(hcr_el2);

    sysreg_write(hcr_el2, (hcr & ~HCR_TWI) | (trap ? HCR_TWI : 0));
}

/* v was runnable for so many ticks while another vCPU ran. Where the owner's pages are the guest
 * looks. */
static void steal(const struct vcpu *v, uint64_t ticks)
{
    if (v->vm->cfg->vio_pa) {
        uint64_t at = v->vm->cfg->vio_pa + v->index * PB_VIO_STRIDE + PB_VIO_STOLEN;

        ((uint64_t *)at)[1] += turn_ns(ticks, sysreg_read(cntfrq_el0));
    }
}

/*
 * Load v, unless it was blocked since it was looked at. Who blocks it first sets the bit,
 * then looks at cur; here it is the other way round, so one of the two notices.
 */
static bool claim(struct pcpu *p, struct vcpu *v)
{
    (void)__atomic_exchange_n(&p->cur, v, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&v->block, __ATOMIC_SEQ_CST)) {
        __atomic_store_n(&p->cur, NULL, __ATOMIC_SEQ_CST);
        return false;
    }
    p->since = counter();
    steal(v, p->since - v->ready);
    v->ready = 0;
    vcpu_load(v);
    return true;
}

/* The vCPU to run now, loaded. */
__attribute__((noinline)) static struct vcpu *run(struct pcpu *p)
{
    for (;;) {
        uint64_t now = counter();
        struct view view;

        p->resched = tracing;
        charge(p, now);
        if (p->cur && (p->cur->reset || __atomic_load_n(&p->cur->block, __ATOMIC_SEQ_CST))) {
            vcpu_unload(p->cur);
        }
        view = look(p, now);
        if (p->cur && view.best != p->cur) {
            vcpu_unload(p->cur);
            continue; /* its own timers count now */
        }
        if (view.best) {
            if (!p->cur) {
                if (!claim(p, view.best)) {
                    continue;
                }
                irq_poll(); /* its timer, if that is what it waited for */
            }
            if ((view.equals > 1 || view.best->turn.period) && view.best->turn.slice) {
                view.deadline = earlier(view.deadline, now + (uint64_t)view.best->turn.left);
            }
            set_wfi_trap((view.runnable > 1) | (view.deadline != TURN_NEVER));
        }
        set_timer(view.deadline);
        if (view.best) {
            return view.best;
        }
        if (p->resched) {
            trace(PB_TRACE_IDLE);
        }
        wfi();
        irq_poll();
    }
}

__attribute__((noinline)) static void refill(struct vcpu *v)
{
    vm_lock(v->vm);
    vgic_refill(&v->vgic);
    vm_unlock(v->vm);
}

struct vcpu *sched_settle(struct vcpu *v)
{
    struct pcpu *p = this_pcpu();

    for (;;) {
        if (p->resched == 0 && !v->vgic.dirty) {
            return v;
        }
        if (p->resched == RESCHED_LOOK) {
            v = run(p);
        } else if (v->vgic.dirty) {
            refill(v);
        } else {
            trace(v->number);
            return v;
        }
    }
}

struct vcpu *sched_leave(struct vcpu *v)
{
    return this_pcpu()->resched || v->vgic.dirty ? sched_settle(v) : v;
}

__attribute__((noinline)) struct vcpu *sched_first(void)
{
    this_pcpu()->resched = RESCHED_LOOK;
    return sched_settle(NULL);
}
