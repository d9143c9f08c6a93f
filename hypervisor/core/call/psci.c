/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PSCI 1.1 (Arm DEN0022) for guests. */
#include "call/tables.h"
#include "cpu/firmware.h"
#include "vm/life.h"
#include "vm/block.h"
#include "vm/wake.h"

#define PSCI_1_1         0x10001
#define NO_TRUSTED_OS    2
#define AFFINITY_ON      0
#define AFFINITY_OFF     1
#define AFFINITY_PENDING 2

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
    if (!(__atomic_load_n(&target->block, __ATOMIC_SEQ_CST) & BLOCK_OFF)) {
        return affinity(target) == AFFINITY_PENDING ? PSCI_ON_PENDING : PSCI_ALREADY_ON;
    }
    vcpu_start(target, (struct ipa){x[1]},
               x[2]); /* if it is still leaving its CPU it starts from there */
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
        firmware_psci(machine_function, 0, 0, 0);
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
