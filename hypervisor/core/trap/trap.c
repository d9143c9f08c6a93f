/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "trap/trap.h"
#include "call/hypercall.h"
#include "cpu/table.h"
#include "trap/classes.h"
#include "trap/guest.h"
#include "trap/inject.h"
#include "vm/irq.h"
#include "vm/sched.h"
#include "vm/switch.h"
#include "vm/wake.h"

void trap_wfx(struct vcpu *v, uint64_t esr)
{
    trap_skip(esr);
    if (!(ESR_ISS(esr) & WFX_WFE)) {
        vm_lock(v->vm);
        vcpu_wait(v);
        vm_unlock(v->vm);
    }
}

void trap_fp(struct vcpu *v, uint64_t esr)
{
    (void)esr;
    vcpu_take_fp(v);
}

void trap_hvc(struct vcpu *v, uint64_t esr)
{
    (void)esr;
    hypercall(v);
}

void trap_smc(struct vcpu *v, uint64_t esr)
{
    trap_skip(esr); /* an HVC's return address is behind it already */
    hypercall(v);
}

struct vcpu *trap_sync(struct vcpu *v)
{
    uint64_t esr = sysreg_read(esr_el2);
    unsigned class = ESR_EC(esr);
    const int16_t *entry = &trap_classes[class];

    count(PB_STAT_SYNC + class);
    if (class < TRAP_CLASSES && *entry) {
        ((trap_fn *)table_function(entry))(v, esr);
    } else {
        inject_undefined(v, esr);
    }
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
