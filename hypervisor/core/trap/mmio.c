/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "trap/mmio.h"
#include "vm/settle.h"
#include "vm/virtio.h"

#define GICD_SIZE 0x10000ull
#define GICR_SIZE 0x20000ull /* per vCPU */

/* Offset of an address in a range; false: outside. */
static bool within(struct ipa ipa, uint64_t base, uint64_t size, uint64_t *offset)
{
    *offset = ipa.ipa - base;
    return *offset < size;
}

/* v accesses the distributor, or the redistributor of c. */
static void vgic_access(struct vcpu *v, struct vgic_cpu *c, bool redist, uint64_t offset,
                        const struct mmio *m)
{
    bool state = !m->kind && vgic_reads_state(redist, (uint32_t)offset);
    uint64_t value;

    vgic_fold(&v->vgic);
    value = vgic_register(c, redist, (uint32_t)offset, m->read.size, m->kind, m->value);
    if (state) {
        vgic_ask(c, redist);
    }
    settle(v);
    if (state && c->gic->settling.of[v->index]) {
        settle_read(v, c, redist, (uint32_t)offset, &m->read);
    } else if (!m->kind) {
        post_finish_read(v, &m->read, value);
    }
}

static bool trap_range(struct vcpu *v, const struct mmio *m)
{
    uint64_t offset;

    for (const struct pb_trap *t = TABLE->trap; t < TABLE->trap + TABLE->trap_count; t++) {
        if (t->vm != v->vm->id || !within(m->ipa, t->ipa, t->size, &offset)) {
            continue;
        }
        if (t->forward) {
            post_access(v, m);
        } else if (!m->kind) {
            post_finish_read(v, &m->read, 0);
        }
        return true;
    }
    return false;
}

bool mmio_access(struct vcpu *v, const struct mmio *m)
{
    const struct pb_vm *c = v->vm->cfg;
    uint64_t offset;

    if (within(m->ipa, c->gicd_ipa, GICD_SIZE, &offset)) {
        vgic_access(v, &v->vgic, false, offset, m);
        return true;
    }
    if (within(m->ipa, c->gicr_ipa, c->vcpu_count * GICR_SIZE, &offset)) {
        struct vcpu *target = vm_vcpu(v->vm, (unsigned)(offset / GICR_SIZE));

        vgic_access(v, &target->vgic, true, offset % GICR_SIZE, m);
        return true;
    }
    return virtio_write(v, m) || trap_range(v, m);
}
