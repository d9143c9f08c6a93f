/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/wake.h"
#include "cpu/gic.h"

static void look_again(struct vcpu *v)
{
    if (v->pcpu == this_pcpu()->id) {
        this_pcpu()->resched = RESCHED_LOOK;
    } else {
        gic_kick(v->pcpu, SGI_RESCHED);
    }
}

void vcpu_block(struct vcpu *v, uint32_t bits)
{
    __atomic_fetch_or(&v->block, bits, __ATOMIC_SEQ_CST);
    look_again(v);
}

void vcpu_unblock(struct vcpu *v, uint32_t bits)
{
    uint32_t old = __atomic_fetch_and(&v->block, ~bits, __ATOMIC_SEQ_CST);

    if (old & bits) {
        look_again(v);
    }
}

bool vcpu_loaded(const struct vcpu *v)
{
    return __atomic_load_n(&pcpu_of(v->pcpu)->cur, __ATOMIC_SEQ_CST) == v;
}

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
        vgic_mask look = vm->vgic.look;
        bool ring = vm->ring;
        uint32_t doorbell = vm->cfg->doorbell;

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
