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
        gic_spi_edge(r->pintid, r->edge);
    }
}

void irq_reset_routes(struct vm *vm)
{
    for (unsigned i = 0; i < TABLE->route_count; i++) {
        const struct pb_route *r = &TABLE->route[i];

        if (r->vm == vm->id) {
            gic_spi_quiet(r->pintid);
            vgic_hw_route(&vm->vgic, r->pintid, 0);
        }
    }
}

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
    unsigned n = route_of[intid];
    const struct pb_route *route;
    struct vm *vm;

    if (!n) {
        gic_deactivate(intid);
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
