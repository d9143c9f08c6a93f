/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* HVC and SMC: PSCI, SMCCC, and the calls of phonebooth/hypercall.h. */
#include "mmio.h"
#include "psci.h"
#include "sched.h"
#include "tables.h"
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

static int64_t own_call(struct vcpu *v, const int16_t *entry)
{
    const uint64_t *x = &v->x[1];
    uint64_t target = table_target(entry);
    struct vm *vm = v->vm;

    if (!(target & CALL_ANYBODY)) {
        if (!(vm->cfg->flags & PB_VM_PRIVILEGED)) {
            return PB_E_DENIED;
        }
        if (!(target & CALL_NO_VM)) {
            if (x[0] >= TABLE->vm_count || &vms[x[0]] == vm) {
                return PB_E_INVALID;
            }
            vm = &vms[x[0]];
        }
    }
    return call_locked(entry, vm, x, v);
}

static __attribute__((noinline)) void call(struct vcpu *v, uint32_t function)
{
    uint32_t n = function - PB_CALL(OWN_FIRST);

    if (n < OWN_COUNT) {
        v->x[0] = (uint64_t)own_call(v, &own_calls[n]);
    } else {
        psci_call(v, function);
    }
}

/* The version is asked for where only the way here and back counts. */
void hypercall(struct vcpu *v)
{
    uint32_t function = (uint32_t)v->x[0];

    if (function == PB_CALL_VERSION) {
        v->x[0] = 1;
    } else {
        call(v, function);
    }
}
