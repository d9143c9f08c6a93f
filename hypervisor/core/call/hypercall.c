/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* HVC and SMC: which function answers. */
#include "call/hypercall.h"
#include "call/tables.h"
#include "cpu/firmware.h"
#include "cpu/table.h"
#include "vm/post.h"
#include "vm/wake.h"

#define PSCI_BASE      0x84000000u
#define PSCI_64        0x40000000u
#define RSI_FIRST      0x190u /* RSI_VERSION in this numbering; protected VMs only */
#define SMCCC_VERSION  0x80000000u
#define SMCCC_FEATURES 0x80000001u
#define SMCCC_1_1      0x10001

/* Make the call that an entry of a table names; vm is not locked yet. */
static int64_t call_locked(const int16_t *entry, struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    call_fn *call = (call_fn *)table_function(entry);
    int64_t result;

    vm_lock(vm);
    result = call(vm, x, v);
    vm_unlock(vm);
    return result;
}

/* NULL: no such call. */
static const int16_t *find(const struct vm *vm, uint32_t function)
{
    uint32_t n = function - (function & PSCI_64) - PSCI_BASE;

    if (n - RSI_FIRST < RSI_COUNT && vm->cfg->l3_pa) {
        n -= RSI_FIRST - PSCI_COUNT;
    } else if (n >= PSCI_COUNT) {
        return NULL;
    }
    if (!psci_calls[n] || ((function & PSCI_64) && !(psci_calls[n] & CALL_WIDE))) {
        return NULL;
    }
    return &psci_calls[n];
}

int64_t psci_features(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)v;
    return x[0] == SMCCC_VERSION || find(vm, (uint32_t)x[0]) ? PSCI_SUCCESS : PSCI_NOT_SUPPORTED;
}

/* Before it is posted: the answer may come at once. */
static void ask_owner(struct vcpu *v, uint32_t function, const uint64_t *x)
{
    v->x[0] = (uint64_t)PSCI_NOT_SUPPORTED;
    if (v->vm->cfg->doorbell) {
        vm_lock(v->vm);
        v->vm->page->io[v->index].arg = x[1];
        post_access(v, &(struct mmio){.ipa = {function}, .value = x[0], .kind = PB_IO_CALL});
        vm_unlock(v->vm);
    }
}

static void psci_call(struct vcpu *v, uint32_t function)
{
    const int16_t *entry = find(v->vm, function);
    uint64_t mask = function & PSCI_64 ? UINT64_MAX : UINT32_MAX;
    uint64_t x[3] = {v->x[1] & mask, v->x[2] & mask, v->x[3] & mask};

    if (entry) {
        v->x[0] = (uint64_t)call_locked(entry, v->vm, x, v);
    } else if (function == SMCCC_VERSION) {
        v->x[0] = SMCCC_1_1;
    } else if (function == SMCCC_FEATURES && x[0] - SMCCC_VERSION <= 1) {
        v->x[0] = PSCI_SUCCESS; /* VERSION and FEATURES */
    } else {
        ask_owner(v, function, x);
    }
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
