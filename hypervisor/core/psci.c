/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "psci.h"
#include "mmio.h"
#include "sched.h"
#include "tables.h"
#include "vm.h"

#define PSCI_BASE      0x84000000u
#define PSCI_64        0x40000000u
#define RSI_FIRST      0x190u /* RSI_VERSION in this numbering; protected VMs only */
#define SMCCC_VERSION  0x80000000u
#define SMCCC_FEATURES 0x80000001u

#define PSCI_1_1         0x10001
#define SMCCC_1_1        0x10001
#define NO_TRUSTED_OS    2
#define AFFINITY_ON      0
#define AFFINITY_OFF     1
#define AFFINITY_PENDING 2

int64_t machine_psci(uint32_t function, uint64_t x1, uint64_t x2, uint64_t x3)
{
    register uint64_t r0 __asm__("x0") = function;
    register uint64_t r1 __asm__("x1") = x1;
    register uint64_t r2 __asm__("x2") = x2;
    register uint64_t r3 __asm__("x3") = x3;

    __asm__ volatile("smc #0"
                     : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3)
                     :
                     : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15",
                       "x16", "x17", "memory");
    return (int64_t)r0;
}

int64_t psci_version(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)vm;
    (void)x;
    (void)v;
    return PSCI_1_1;
}

/* Any state asked for is a standby here: it returns when an interrupt is due. */
int64_t psci_cpu_suspend(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)vm;
    (void)x;
    vcpu_wait(v);
    return PSCI_SUCCESS;
}

int64_t psci_cpu_off(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)vm;
    (void)x;
    vcpu_block(v, BLOCK_OFF);
    return PSCI_SUCCESS;
}

/* The vCPU that an MPIDR value names; NULL: none. */
static struct vcpu *by_mpidr(const struct vm *vm, uint64_t mpidr)
{
    return mpidr < vm->cfg->vcpu_count ? vm_vcpu(vm, (unsigned)mpidr) : NULL;
}

/* One that has not left its CPU is still on. */
static int64_t affinity(const struct vcpu *v)
{
    if (__atomic_load_n(&v->block, __ATOMIC_SEQ_CST) & BLOCK_OFF) {
        return vcpu_loaded(v) ? AFFINITY_ON : AFFINITY_OFF;
    }
    return __atomic_load_n(&v->reset, __ATOMIC_ACQUIRE) ? AFFINITY_PENDING : AFFINITY_ON;
}

int64_t psci_cpu_on(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    struct vcpu *target = by_mpidr(vm, x[0]);

    (void)v;
    if (!target) {
        return PSCI_INVALID;
    }
    switch (affinity(target)) {
    case AFFINITY_ON:
        return PSCI_ALREADY_ON;
    case AFFINITY_PENDING:
        return PSCI_ON_PENDING;
    }
    vcpu_start(target, x[1], x[2]);
    return PSCI_SUCCESS;
}

int64_t psci_affinity_info(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    const struct vcpu *target = by_mpidr(vm, x[0]);

    (void)v;
    return target && x[1] == 0 ? affinity(target) : PSCI_INVALID;
}

int64_t psci_migrate_info_type(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)vm;
    (void)x;
    (void)v;
    return NO_TRUSTED_OS;
}

/* The end of this VM; of the privileged one, of the machine. */
static int64_t end(struct vm *vm, uint32_t machine_function, enum pb_vm_reason reason)
{
    if (vm->cfg->flags & PB_VM_PRIVILEGED) {
        machine_psci(machine_function, 0, 0, 0);
    }
    vm_stop(vm, reason);
    vm->ring = true;
    return PSCI_SUCCESS;
}

int64_t psci_system_off(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    (void)x;
    (void)v;
    return end(vm, PSCI_SYSTEM_OFF, PB_REASON_SYSTEM_OFF);
}

__attribute__((noinline)) int64_t psci_system_reset(struct vm *vm, const uint64_t *x,
                                                    struct vcpu *v)
{
    (void)x;
    (void)v;
    return end(vm, PSCI_SYSTEM_RESET, PB_REASON_SYSTEM_RESET);
}

/* Type 0 is the architectural warm reset; the vendor's own have bit 31. */
int64_t psci_system_reset2(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    return x[0] == 0 ? psci_system_reset(vm, x, v) : PSCI_INVALID;
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
        io_post(v, &(struct mmio){.ipa = function, .value = x[0], .kind = PB_IO_CALL});
        vm_unlock(v->vm);
    }
}

int64_t call_locked(const int16_t *entry, struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    call_fn *call = (call_fn *)table_function(entry);
    int64_t result;

    vm_lock(vm);
    result = call(vm, x, v);
    vm_unlock(vm);
    return result;
}

void psci_call(struct vcpu *v, uint32_t function)
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
