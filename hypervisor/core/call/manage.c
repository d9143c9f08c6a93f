/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The calls of phonebooth/hypercall.h. */
#include "call/tables.h"
#include "cpu/trace.h"
#include "vm/life.h"
#include "vm/post.h"
#include "vm/sched.h"
#include "vm/virtio.h"

int64_t call_start(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)v;
    return vm_start(vm, (struct ipa){x[1]}, x[2]);
}

int64_t call_stop(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)x;
    (void)v;
    return vm_stop(vm, PB_REASON_REQUEST);
}

int64_t call_scrub(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)x;
    (void)v;
    return vm_scrub(vm);
}

int64_t call_pause(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)x;
    (void)v;
    return vm_pause(vm);
}

int64_t call_resume(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)x;
    (void)v;
    return vm_resume(vm);
}

int64_t call_front(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)x;
    (void)v;
    sched_front = vm;
    return PB_OK;
}

int64_t call_virq(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)v;
    if (x[1] < 32 || x[1] >= PB_VGIC_INTIDS || x[2] > 2) {
        return PB_E_INVALID;
    }
    vgic_spi_line(&vm->vgic, (uint32_t)x[1], (unsigned)x[2]);
    return PB_OK;
}

int64_t call_vio_raise(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)v;
    return virtio_raise(vm, x[1], (uint32_t)x[2]);
}

int64_t call_io_done(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)v;
    return post_done(vm, x[1], &x[2]);
}

int64_t call_doorbell(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)x;
    (void)v;
    __atomic_store_n(&vm->page->rung, 1, __ATOMIC_SEQ_CST);
    vm->ring = true;
    return PB_OK;
}

int64_t call_stats(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    uint64_t sum = 0;

    (void)vm;
    (void)v;
    if (x[0] >= PB_STAT_COUNT) {
        return PB_E_INVALID;
    }
    for (unsigned i = 0; i < TABLE->pcpus; i++) {
        sum += pcpu_of(i)->stat[x[0]];
    }
    return (int64_t)sum;
}

int64_t call_trace(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)vm;
    (void)v;
    trace_set(x[0] != 0);
    return PB_OK;
}
