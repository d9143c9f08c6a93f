/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/wake.h"
#include "cpu/gic.h"
#include "vm/block.h"
#include "vm/settle.h"

void vcpu_wait(struct vcpu *v)
{
    vcpu_block(v, BLOCK_WFI);
    vgic_fold(&v->vgic);
    if (vgic_due(&v->vgic)) {
        vcpu_unblock(v, BLOCK_WFI);
    }
}

void vm_lock(struct vm *vm)
{
    lock(&vm->lock);
}

/* Who sleeps wakes up; who runs on another CPU leaves the guest. */
static void tell(struct vm *vm, vgic_mask look)
{
    while (look) {
        struct vcpu *v = vm_vcpu(vm, vgic_take_bit(&look));

        vcpu_unblock(v, BLOCK_WFI);
        if (v->pcpu != this_pcpu()->id && vcpu_loaded(v)) {
            gic_kick(v->pcpu, SGI_EXIT);
        }
    }
}

void vm_unlock(struct vm *vm)
{
    for (;;) {
        vgic_mask look;
        bool ring = vm->ring;
        uint32_t doorbell = vm->cfg->doorbell;

        if (vm->reading) {
            settle_finish(vm);
        }
        look = vm->vgic.look;
        vm->vgic.look = 0;
        vm->ring = false;
        unlock(&vm->lock);
        tell(vm, look);
        if (!ring || !doorbell) {
            return;
        }
        vm = &vms[vm->cfg->owner];
        lock(&vm->lock);
        vgic_spi_line(&vm->vgic, doorbell, 2);
    }
}
