/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/virtio.h"

#define QUEUE_NOTIFY     0x050u
#define INTERRUPT_STATUS 0x060u
#define INTERRUPT_ACK    0x064u

static uint32_t *interrupt_status(const struct vm *vm, unsigned slot)
{
    return (uint32_t *)(vm->cfg->vio_pa + slot * PB_VIO_STRIDE + INTERRUPT_STATUS);
}

/*
 * Set and clear bits of InterruptStatus; the slot's line follows. Bits that an acknowledgement
 * leaves are a new edge: guests take these interrupts as edge triggered, as on `virt`, and would
 * otherwise wait for the next one to notice them.
 */
static void change_status(struct vm *vm, unsigned slot, uint32_t set, uint32_t clear)
{
    uint32_t *status = interrupt_status(vm, slot);
    uint32_t old = __atomic_load_n(status, __ATOMIC_RELAXED);
    uint32_t value = (old | set) & ~clear, intid = vm->cfg->vio_intid + slot;

    __atomic_store_n(status, value, __ATOMIC_RELEASE);
    if (clear || !old) { /* the owner clears it, too: when the device is reset */
        vgic_spi_line(&vm->vgic, intid, 0);
    }
    if (value) {
        vgic_spi_line(&vm->vgic, intid, 1);
    }
}

bool virtio_write(struct vcpu *v, const struct mmio *m)
{
    struct vm *vm = v->vm;
    uint64_t offset = m->ipa.ipa - vm->cfg->vio_ipa;
    unsigned slot = (unsigned)(offset / PB_VIO_STRIDE);

    if (!vm->cfg->vio_ipa || !vm->cfg->doorbell || offset >= PB_VIO_SLOTS * PB_VIO_STRIDE ||
        !m->kind) {
        return false;
    }
    switch (offset % PB_VIO_STRIDE) {
    case QUEUE_NOTIFY:
        if (m->value < 32) {
            __atomic_fetch_or(&vm->page->notify[slot], 1u << m->value, __ATOMIC_SEQ_CST);
            vm->ring = true;
        }
        break;
    case INTERRUPT_ACK:
        change_status(vm, slot, 0, (uint32_t)m->value);
        break;
    default:
        post_access(v, m);
    }
    return true;
}

int64_t virtio_raise(struct vm *vm, uint64_t slot, uint32_t bits)
{
    if (slot >= PB_VIO_SLOTS || !vm->cfg->vio_ipa) {
        return PB_E_INVALID;
    }
    change_status(vm, (unsigned)slot, bits, 0);
    return PB_OK;
}
