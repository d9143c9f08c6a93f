/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/post.h"
#include "vm/block.h"

uint64_t post_order(const struct io_wait *access, uint64_t value)
{
    value &= post_mask(access->size);
    return access->big ? __builtin_bswap64(value) >> ((64u - 8u * access->size) & 63) : value;
}

void post_finish_read(struct vcpu *v, const struct io_wait *read, uint64_t value)
{
    uint64_t mask = post_mask(read->size);

    value = post_order(read, value);
    if (read->sign && (value & (mask ^ mask >> 1))) {
        value |= ~mask;
    }
    vcpu_set_reg(v, read->reg, read->wide ? value : (uint32_t)value);
}

void post_access(struct vcpu *v, const struct mmio *m)
{
    struct pb_io *io = &v->vm->page->io[v->index];

    io->kind = m->kind;
    io->size = m->read.size;
    io->ipa = m->ipa.ipa;
    io->value = m->kind ? m->value : 0;
    v->io = m->read;
    if (m->kind == PB_IO_WRITE) {
        v->io.reg = 31;
    }
    vcpu_block(v, BLOCK_IO);
    __atomic_store_n(&io->state, 1, __ATOMIC_RELEASE);
    v->vm->ring = true;
}

int64_t post_done(struct vm *vm, uint64_t index, const uint64_t *value)
{
    struct vcpu *v = vm_vcpu(vm, (unsigned)index);

    if (index >= vm->cfg->vcpu_count) {
        return PB_E_INVALID;
    }
    if (!(__atomic_load_n(&v->block, __ATOMIC_ACQUIRE) & BLOCK_IO)) {
        return PB_E_STATE;
    }
    if (v->io.size) {
        post_finish_read(v, &v->io, value[0]);
    } else {
        for (unsigned i = 0; i < 4; i++) {
            v->x[i] = value[i];
        }
    }
    __atomic_store_n(&vm->page->io[index].state, 0, __ATOMIC_RELEASE);
    vcpu_unblock(v, BLOCK_IO);
    return PB_OK;
}
