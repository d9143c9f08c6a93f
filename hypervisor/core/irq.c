/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Physical interrupts: EL2's own, and those that belong to a guest. */
#include "gic.h"
#include "panic.h"
#include "sched.h"
#include "trap.h"
#include "vm.h"

/* A timer of the vCPU that is loaded. It stays active until the guest's EOI. */
static void guest_timer(struct pcpu *p, uint32_t intid)
{
    struct vcpu *v = p->cur;

    if (!v) {
        gic_deactivate(intid); /* it fired while its vCPU was being unloaded */
        return;
    }
    if (vgic_ppi_again(&v->vgic, intid)) {
        return;
    }
    vm_lock(v->vm);
    vgic_ppi_fired(&v->vgic, intid);
    vm_unlock(v->vm);
}

static void guest_spi(uint32_t intid)
{
    const struct pb_route *route = vm_route(intid);
    struct vm *vm;

    if (!route) {
        gic_deactivate(intid);
        return;
    }
    vm = &vms[route->vm];
    vm_lock(vm);
    vgic_spi_fired(&vm->vgic, route->vintid);
    vm_unlock(vm);
}

/* List registers to be refilled. The line must be low before the interrupt is deactivated. */
static void maintenance(struct vcpu *v)
{
    if (v) {
        vm_lock(v->vm);
        vgic_fold(&v->vgic);
        vm_unlock(v->vm);
        vgic_hw_set_hcr(0);
    }
}

static void own(struct pcpu *p, uint32_t intid)
{
    switch (intid) {
    case SGI_RESCHED:
        panic_check();
        p->resched = RESCHED_LOOK;
        break;
    case INTID_CNTHP:
        sysreg_write(cnthp_ctl_el2, 0);
        isb();
        p->resched = RESCHED_LOOK;
        break;
    case INTID_MAINTENANCE:
        maintenance(p->cur);
        break;
    }
    gic_deactivate(intid);
}

void irq_poll(void)
{
    struct pcpu *p = this_pcpu();
    uint32_t intid;

    while ((intid = gic_ack()) < INTID_SPECIAL) {
        gic_drop(intid);
        if (intid >= 32) {
            guest_spi(intid);
        } else if (intid == INTID_CNTV || intid == INTID_CNTP) {
            guest_timer(p, intid);
        } else {
            own(p, intid);
        }
    }
}

void trap_irq(void)
{
    count(PB_STAT_IRQ);
    irq_poll();
}
