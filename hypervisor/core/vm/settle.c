/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/settle.h"
#include "vm/block.h"

void settle(struct vcpu *v)
{
    for (unsigned i = 0; i < v->vm->cfg->vcpu_count; i++) {
        struct vcpu *other = vm_vcpu(v->vm, i);

        if (other != v && (v->vm->vgic.look & VGIC_LOOK(i)) && vcpu_loaded(other)) {
            v->vm->vgic.settling.of[v->index] |= (uint8_t)VGIC_LOOK(i);
        }
    }
}

void settle_read(struct vcpu *v, struct vgic_cpu *c, bool redist, uint32_t offset,
                 const struct io_wait *read)
{
    v->io = *read;
    v->reads = (struct vgic_read){c, offset, redist};
    v->vm->reading |= (uint8_t)VGIC_LOOK(v->index);
    vcpu_block(v, BLOCK_READ);
}

void settle_finish(struct vm *vm)
{
    uint32_t waiting = vm->reading;

    while (waiting) {
        unsigned i = vgic_take_bit(&waiting);
        struct vcpu *v = vm_vcpu(vm, i);
        const struct vgic_read *r = &v->reads;

        if (!vm->vgic.settling.of[i]) {
            vm->reading &= (uint8_t)~VGIC_LOOK(i);
            post_finish_read(v, &v->io,
                             vgic_register(r->cpu, r->redist, r->offset, v->io.size, false, 0));
            vcpu_unblock(v, BLOCK_READ);
        }
    }
}
