/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the virtual GIC asks of the physical interrupts that are linked to virtual ones. */
#include "cpu/gic.h"
#include "vm/vm.h"

/* A private interrupt of a vCPU that is not loaded is not active in the machine. */
void vgic_hw_deactivate(struct vgic_cpu *c, uint32_t pintid)
{
    struct vcpu *v = (struct vcpu *)((char *)c - __builtin_offsetof(struct vcpu, vgic));

    struct pcpu *p = pcpu_of(v->pcpu);

    if (pintid < 32 && p->cur != v) {
        return;
    }
    if (pintid >= 32 || p == this_pcpu()) {
        gic_deactivate(pintid);
    } else {
        gic_ppi_active(v->pcpu, 1u << pintid, false);
    }
}

void vgic_hw_enable(uint32_t pintid, bool on)
{
    gic_spi_enable(pintid, on);
}

void vgic_hw_route(struct vgic *g, uint32_t pintid, unsigned index)
{
    struct vm *vm = (struct vm *)((char *)g - __builtin_offsetof(struct vm, vgic));

    gic_spi_route(pintid, TABLE->mpidr[vm_vcpu(vm, index)->pcpu]);
}
