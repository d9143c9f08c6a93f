/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* HVC and SMC: PSCI, SMCCC, and the calls of phonebooth/hypercall.h. */
#include "mmio.h"
#include "psci.h"
#include "sched.h"
#include "trace.h"
#include "trap.h"
#include "vm.h"

#include <phonebooth/hypercall.h>

/* x: the caller's x1..x5; vm: the one that x1 names, locked. */
typedef int64_t call_fn(struct vm *vm, const uint64_t *x);

static int64_t start(struct vm *vm, const uint64_t *x)
{
    return vm_start(vm, x[1], x[2]);
}

static int64_t stop(struct vm *vm, const uint64_t *x)
{
    (void)x;
    return vm_stop(vm, PB_REASON_REQUEST);
}

static int64_t scrub(struct vm *vm, const uint64_t *x)
{
    (void)x;
    return vm_scrub(vm);
}

static int64_t pause(struct vm *vm, const uint64_t *x)
{
    (void)x;
    return vm_pause(vm);
}

static int64_t resume(struct vm *vm, const uint64_t *x)
{
    (void)x;
    return vm_resume(vm);
}

static int64_t to_front(struct vm *vm, const uint64_t *x)
{
    (void)x;
    front = vm;
    return PB_OK;
}

static int64_t virq(struct vm *vm, const uint64_t *x)
{
    if (x[1] < 32 || x[1] >= PB_VGIC_INTIDS || x[2] > 2) {
        return PB_E_INVALID;
    }
    vgic_spi_line(&vm->vgic, (uint32_t)x[1], (unsigned)x[2]);
    return PB_OK;
}

static int64_t vio_raise(struct vm *vm, const uint64_t *x)
{
    return virtio_raise(vm, x[1], (uint32_t)x[2]);
}

static int64_t finish_io(struct vm *vm, const uint64_t *x)
{
    return io_done(vm, x[1], x[2]);
}

/* By number, PB_CALL(n). */
static call_fn *const calls[] = {
    [2] = start,    [3] = stop, [4] = scrub,     [5] = pause,      [6] = resume,
    [7] = to_front, [8] = virq, [9] = vio_raise, [10] = finish_io,
};

static bool privileged(const struct vcpu *v)
{
    return v->vm->cfg->flags & PB_VM_PRIVILEGED;
}

static int64_t manage(struct vcpu *v, uint32_t n)
{
    const uint64_t *x = &v->x[1];
    struct vm *vm;
    int64_t result;

    if (n >= sizeof(calls) / sizeof(calls[0]) || !calls[n]) {
        return PB_E_UNKNOWN;
    }
    if (!privileged(v)) {
        return PB_E_DENIED;
    }
    if (x[0] >= TABLE->vm_count || &vms[x[0]] == v->vm) {
        return PB_E_INVALID;
    }
    vm = &vms[x[0]];
    vm_lock(vm);
    result = calls[n](vm, x);
    vm_unlock(vm);
    return result;
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

static int64_t own_call(struct vcpu *v, uint32_t function)
{
    switch (function) {
    case PB_CALL_VERSION:
        return 1;
    case PB_CALL_DOORBELL:
        return doorbell_ring(v->vm);
    case PB_CALL_EL2_STATS:
        return privileged(v) ? stats(v->x[1]) : PB_E_DENIED;
    case PB_CALL_TRACE:
        return privileged(v) ? trace_switch(v->x[1]) : PB_E_DENIED;
    default:
        return manage(v, function - PB_CALL(0));
    }
}

void hypercall(struct vcpu *v)
{
    uint32_t function = (uint32_t)v->x[0];
    int64_t result;

    if ((function & 0xffff0000) == PB_CALL(0)) {
        result = own_call(v, function);
    } else {
        result = psci_call(v, function);
    }
    v->x[0] = (uint64_t)result;
}
