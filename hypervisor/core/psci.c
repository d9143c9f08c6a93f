/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "psci.h"
#include "sched.h"
#include "vm.h"

#define PSCI_BASE      0x84000000u
#define PSCI_64        0x40000000u
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

/* The arguments x1..x3, cut to 32 bits if the call is a 32-bit one. */
struct args {
    uint64_t a[3];
};

typedef int64_t call_fn(struct vcpu *v, const struct args *args);

static int64_t version(struct vcpu *v, const struct args *args)
{
    (void)v;
    (void)args;
    return PSCI_1_1;
}

/* Any state asked for is a standby here: it returns when an interrupt is due. */
static int64_t cpu_suspend(struct vcpu *v, const struct args *args)
{
    (void)args;
    vcpu_wait(v);
    return PSCI_SUCCESS;
}

static int64_t cpu_off(struct vcpu *v, const struct args *args)
{
    (void)args;
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

static int64_t turn_on(struct vcpu *v, uint64_t entry, uint64_t context)
{
    switch (affinity(v)) {
    case AFFINITY_ON:
        return PSCI_ALREADY_ON;
    case AFFINITY_PENDING:
        return PSCI_ON_PENDING;
    }
    vcpu_start(v, entry, context);
    return PSCI_SUCCESS;
}

static int64_t cpu_on(struct vcpu *v, const struct args *args)
{
    struct vcpu *target = by_mpidr(v->vm, args->a[0]);

    return target ? turn_on(target, args->a[1], args->a[2]) : PSCI_INVALID;
}

static int64_t affinity_info(struct vcpu *v, const struct args *args)
{
    const struct vcpu *target = by_mpidr(v->vm, args->a[0]);

    return target && args->a[1] == 0 ? affinity(target) : PSCI_INVALID;
}

static int64_t migrate_info_type(struct vcpu *v, const struct args *args)
{
    (void)v;
    (void)args;
    return NO_TRUSTED_OS;
}

/* The end of this VM; of the privileged one, of the machine. */
static int64_t end(struct vcpu *v, uint32_t machine_function, enum pb_vm_reason reason)
{
    if (v->vm->cfg->flags & PB_VM_PRIVILEGED) {
        machine_psci(machine_function, 0, 0, 0);
    }
    vm_stop(v->vm, reason);
    v->vm->ring = true;
    return PSCI_SUCCESS;
}

static int64_t system_off(struct vcpu *v, const struct args *args)
{
    (void)args;
    return end(v, PSCI_SYSTEM_OFF, PB_REASON_SYSTEM_OFF);
}

static int64_t system_reset(struct vcpu *v, const struct args *args)
{
    (void)args;
    return end(v, PSCI_SYSTEM_RESET, PB_REASON_SYSTEM_RESET);
}

/* Type 0 is the architectural warm reset; the vendor's own have bit 31. */
static int64_t system_reset2(struct vcpu *v, const struct args *args)
{
    return args->a[0] == 0 ? system_reset(v, args) : PSCI_INVALID;
}

static int64_t features(struct vcpu *v, const struct args *args);

/* By number. */
static call_fn *const calls[] = {
    [0x00] = version,       [0x01] = cpu_suspend,       [0x02] = cpu_off,    [0x03] = cpu_on,
    [0x04] = affinity_info, [0x06] = migrate_info_type, [0x08] = system_off, [0x09] = system_reset,
    [0x0a] = features,      [0x12] = system_reset2,
};
#define HAVE_64_BIT_FORM (BIT(0x01) | BIT(0x03) | BIT(0x04) | BIT(0x12))

/* NULL: no such call. */
static call_fn *find(uint32_t function)
{
    uint32_t n = function - (function & PSCI_64) - PSCI_BASE;

    if (n >= sizeof(calls) / sizeof(calls[0]) ||
        ((function & PSCI_64) && !(HAVE_64_BIT_FORM >> n & 1))) {
        return NULL;
    }
    return calls[n];
}

static int64_t features(struct vcpu *v, const struct args *args)
{
    (void)v;
    return args->a[0] == SMCCC_VERSION || find((uint32_t)args->a[0]) ? PSCI_SUCCESS
                                                                     : PSCI_NOT_SUPPORTED;
}

int64_t psci_call(struct vcpu *v, uint32_t function)
{
    call_fn *call = find(function);
    uint64_t mask = function & PSCI_64 ? UINT64_MAX : UINT32_MAX;
    struct args args = {{v->x[1] & mask, v->x[2] & mask, v->x[3] & mask}};

    if (call) {
        int64_t result;

        vm_lock(v->vm); /* for all changes of BLOCK_OFF and reset */
        result = call(v, &args);
        vm_unlock(v->vm);
        return result;
    }
    if (function == SMCCC_VERSION) {
        return SMCCC_1_1;
    }
    if (function == SMCCC_FEATURES && (args.a[0] == SMCCC_VERSION || args.a[0] == SMCCC_FEATURES)) {
        return PSCI_SUCCESS;
    }
    return PSCI_NOT_SUPPORTED;
}
