/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "trap/trap.h"
#include "call/hypercall.h"
#include "trap/abort.h"
#include "trap/guest.h"
#include "trap/inject.h"
#include "trap/sysreg.h"
#include "vm/irq.h"
#include "vm/sched.h"
#include "vm/switch.h"
#include "vm/wake.h"

#include <stddef.h>

_Static_assert(offsetof(struct pcpu, cur) == 0 && offsetof(struct pcpu, resched) == 24 &&
                   offsetof(struct pcpu, stat[PB_STAT_SYNC + EC_HVC64]) == 296 &&
                   offsetof(struct vcpu, vgic.dirty) == 643,
               "vectors.S, see asm.inc");

static void wfx(struct vcpu *v, uint64_t esr)
{
    trap_skip(esr);
    if (!(ESR_ISS(esr) & WFX_WFE)) {
        vm_lock(v->vm);
        vcpu_wait(v);
        vm_unlock(v->vm);
    }
}

/* What is not here is undefined for the guest. */
static void handle(struct vcpu *v, uint64_t esr)
{
    switch (ESR_EC(esr)) {
    case EC_WFX:
        wfx(v, esr);
        break;
    case EC_SMC32:
    case EC_SMC64:
        trap_skip(esr); /* an HVC's return address is behind it already */
        /* fallthrough */
    case EC_HVC32:
        hypercall(v);
        break;
    case EC_FP:
        vcpu_take_fp(v);
        break;
    case EC_SYSREG:
        trap_sysreg(v, esr);
        break;
    case EC_IABT_LOW:
        trap_inst_abort(v, esr);
        break;
    case EC_DABT_LOW:
        trap_data_abort(v, esr);
        break;
    default:
        inject_undefined(v, esr);
    }
}

struct vcpu *trap_sync(struct vcpu *v)
{
    uint64_t esr = sysreg_read(esr_el2);

    count(PB_STAT_SYNC + ESR_EC(esr));
    handle(v, esr);
    return sched_leave(v);
}

void trap_irq(void)
{
    count(PB_STAT_IRQ);
    irq_poll();
}

/* A system error while a guest runs is the guest's: it becomes a virtual one. */
void trap_serror(void)
{
    sysreg_write(hcr_el2, sysreg_read(hcr_el2) | HCR_VSE);
}
