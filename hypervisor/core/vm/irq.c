/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/irq.h"
#include "cpu/gic.h"
#include "cpu/panic.h"
#include "vm/wake.h"

static uint8_t route_of[1024]; /* by physical INTID: index in the table + 1 */

void irq_init_routes(void)
{
    for (unsigned i = 0; i < TABLE->route_count; i++) {
        const struct pb_route *r = &TABLE->route[i];

        route_of[r->pintid & 1023] = (uint8_t)(i + 1);
        vms[r->vm].vgic.pintid[r->vintid % PB_VGIC_INTIDS] = (uint16_t)r->pintid;
        gic_spi_edge((struct pirq){r->pintid}, r->edge);
    }
}

void irq_reset_routes(struct vm *vm)
{
    for (unsigned i = 0; i < TABLE->route_count; i++) {
        const struct pb_route *r = &TABLE->route[i];

        if (r->vm == vm->id) {
            gic_spi_quiet((struct pirq){r->pintid});
            vgic_hw_route(&vm->vgic, (struct pirq){r->pintid}, 0);
        }
    }
}

/* A timer of the vCPU that is loaded; its INTID is the guest's too. It stays active until the EOI.
 */
static void guest_timer(struct pcpu *p, struct pirq irq)
{
    struct vcpu *v = p->cur;

    if (!v) {
        gic_deactivate(irq); /* it fired while its vCPU was being unloaded */
        return;
    }
    if (vgic_ppi_again(&v->vgic, irq.intid)) {
        return;
    }
    vm_lock(v->vm);
    vgic_ppi_fired(&v->vgic, irq.intid);
    vm_unlock(v->vm);
}

static void guest_spi(struct pirq irq)
{
    unsigned n = route_of[irq.intid];
    const struct pb_route *route;
    struct vm *vm;

    if (!n) {
        gic_deactivate(irq);
        return;
    }
    route = &TABLE->route[n - 1];
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

static void own(struct pcpu *p, struct pirq irq)
{
    switch (irq.intid) {
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
    gic_deactivate(irq);
}

void irq_poll(void)
{
    struct pcpu *p = this_pcpu();
    struct pirq irq;

    while ((irq = gic_ack()).intid < INTID_SPECIAL) {
        gic_drop(irq);
        if (irq.intid >= 32) {
            guest_spi(irq);
        } else if (irq.intid == INTID_CNTV || irq.intid == INTID_CNTP) {
            guest_timer(p, irq);
        } else {
            own(p, irq);
        }
    }
}
