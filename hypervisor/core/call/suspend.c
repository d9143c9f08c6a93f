/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PSCI SYSTEM_SUSPEND (Arm DEN0022, 5.1.19) of a guest. */
#include "call/tables.h"
#include "cpu/firmware.h"
#include "vm/life.h"
#include "vm/block.h"
#include "vm/wake.h"

static unsigned vcpus_on(const struct vm *vm)
{
    unsigned on = 0;

    for_each_vcpu (v, vm) {
        on += !(v->block & BLOCK_OFF);
    }
    return on;
}

/*
 * The VM's last vCPU sleeps until an interrupt is due or vm_resume has set `reset`. Whatever wakes
 * it, it makes the same call again, and only here is decided whether it sleeps on or
 * starts; no interrupt is taken before. If the VM is held the call is for later.
 */
int64_t psci_system_suspend(struct vm *vm, const uint64_t *x, struct vcpu *v)
{
    if (vcpus_on(vm) != 1) {
        return PSCI_DENIED;
    }
    v->entry.ipa = x[0];
    v->x0 = x[1];
    if (!(v->block & BLOCK_HOLD)) {
        vcpu_wait(v);
        v->reset |= !v->block;
        vm_set_state(vm, v->reset ? PB_VM_RUNNING : PB_VM_SUSPENDED, PB_REASON_NONE);
        vm->ring = true;
        if (v->reset) {
            vcpu_unblock(v, BLOCK_WFI);
            return PSCI_SUCCESS;
        }
    }
    sysreg_write(elr_el2, sysreg_read(elr_el2) - 4);
    sysreg_write(spsr_el2, sysreg_read(spsr_el2) | SPSR_AIF);
    return (int64_t)v->x[0];
}
