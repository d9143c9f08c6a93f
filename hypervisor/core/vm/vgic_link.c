/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the virtual GIC asks of the physical interrupts that are linked to virtual ones. */
#include "cpu/gic.h"
#include "vm/vm.h"

/* A private interrupt of a vCPU that is not loaded is not active in the machine. */
void vgic_hw_deactivate(struct vgic_cpu *c, struct pirq irq)
{
    struct vcpu *v = (struct vcpu *)((char *)c - __builtin_offsetof(struct vcpu, vgic));

    struct pcpu *p = pcpu_of(v->pcpu);

    if (irq.intid < 32 && p->cur != v) {
        return;
    }
    if (irq.intid >= 32 || p == this_pcpu()) {
        gic_deactivate(irq);
    } else {
        gic_ppi_active(v->pcpu, 1u << irq.intid, false);
    }
}

void vgic_hw_enable(struct pirq irq, bool on)
{
    gic_spi_enable(irq, on);
}

void vgic_hw_route(struct vgic *g, struct pirq irq, unsigned index)
{
    struct vm *vm = (struct vm *)((char *)g - __builtin_offsetof(struct vm, vgic));

    gic_spi_route(irq, TABLE->mpidr[vm_vcpu(vm, index)->pcpu]);
}
