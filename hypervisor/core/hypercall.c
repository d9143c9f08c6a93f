/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* HVC and SMC: PSCI, SMCCC, and the calls of phonebooth/hypercall.h. */
#include "mmio.h"
#include "psci.h"
#include "sched.h"
#include "tables.h"
#include "trace.h"
#include "trap.h"
#include "vm.h"

#include <phonebooth/hypercall.h>

int64_t call_stop(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)x;
    (void)v;
    return vm_stop(vm, PB_REASON_REQUEST);
}

int64_t call_front(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)x;
    (void)v;
    front = vm;
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
    return io_done(vm, x[1], &x[2]);
}

static int64_t stats(uint64_t index)
{
    uint64_t sum = 0;

    if (index >= PB_STAT_COUNT) {
        return PB_E_INVALID;
    }
    for (unsigned i = 0; i < TABLE->pcpus; i++) {
        sum += pcpu_of(i)->stat[index];
    }
    return (int64_t)sum;
}

static int64_t manage(struct vcpu *v, uint32_t function)
{
    const uint64_t *x = &v->x[1];
    uint32_t n = function - PB_CALL(OWN_FIRST);
    struct vm *vm;
    int64_t result;

    if (function > PB_CALL_TRACE) {
        return PB_E_UNKNOWN;
    }
    if (!(v->vm->cfg->flags & PB_VM_PRIVILEGED)) {
        return PB_E_DENIED;
    }
    if (function == PB_CALL_TRACE) {
        return trace_switch(x[0]);
    }
    if (function == PB_CALL_EL2_STATS) {
        return stats(x[0]);
    }
    if (n >= OWN_COUNT) {
        return PB_E_UNKNOWN;
    }
    if (x[0] >= TABLE->vm_count || &vms[x[0]] == v->vm) {
        return PB_E_INVALID;
    }
    vm = &vms[x[0]];
    vm_lock(vm);
    result = ((call_fn *)table_function(&own_calls[n]))(vm, x, v);
    vm_unlock(vm);
    return result;
}

static int64_t own_call(struct vcpu *v, uint32_t function)
{
    switch (function) {
    case PB_CALL_VERSION:
        return 1;
    case PB_CALL_DOORBELL:
        return doorbell_ring(v->vm);
    default:
        return manage(v, function);
    }
}

void hypercall(struct vcpu *v)
{
    uint32_t function = (uint32_t)v->x[0];

    if ((function & 0xffff0000) == PB_CALL(0)) {
        v->x[0] = (uint64_t)own_call(v, function);
    } else {
        psci_call(v, function);
    }
}
