/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/life.h"
#include "cpu/gic.h"
#include "cpu/mmu.h"
#include "vm/irq.h"
#include "vm/protect.h"
#include "vm/stage2.h"
#include "vm/block.h"

#define LIVES      (1u << PB_VM_RUNNING | 1u << PB_VM_PAUSED | 1u << PB_VM_SUSPENDED)
#define SCRUB_STEP 0x10000ull /* bytes per call: bounds the time EL2 holds the CPU */

struct vm vms[PB_MAX_VMS];
struct vcpu vcpus[PB_MAX_VCPUS];

void vm_set_state(struct vm *vm, enum pb_vm_state state, enum pb_vm_reason reason)
{
    vm->state = state;
    vm->page->reason = reason;
    __atomic_store_n(&vm->page->state, state, __ATOMIC_RELEASE);
}

/*
 * Into this state from one of `from`, a bit for each, with every vCPU held. Those that are
 * still in a CPU leave soon.
 */
static int64_t hold(struct vm *vm, unsigned from, enum pb_vm_state state, enum pb_vm_reason reason)
{
    bool enter = from >> vm->state & 1;
    int64_t result = PB_OK;

    if (enter) {
        vm->paused_at = counter(); /* or when the last vCPU leaves, see vcpu_unload */
        vm_set_state(vm, state, reason);
    }
    if (vm->state != state) {
        return PB_E_STATE;
    }
    for_each_vcpu (v, vm) {
        if (enter) {
            vcpu_block(v, BLOCK_HOLD);
        }
        if (vcpu_loaded(v)) {
            result = PB_E_AGAIN;
        }
    }
    return result;
}

static bool shared(const struct vm *vm)
{
    return vm->cfg->flags & PB_VM_SHARE_ALL;
}

/* As at power on. What its former life asked its owner for is not answered in this one. */
static void reset_vm(struct vm *vm)
{
    vgic_reset(&vm->vgic);
    irq_reset_routes(vm);
    for_each_vcpu (v, vm) {
        v->turn.left = v->turn.slice;
        vm->page->io[v->index].state = 0;
        __atomic_store_n(&v->block, BLOCK_OFF, __ATOMIC_SEQ_CST);
    }
    __builtin_memset(vm->page->notify, 0, sizeof(vm->page->notify));
    vm->page->rung = 0;
    vm->cntvoff = counter();
    vm->scrubbed = 0;
}

__attribute__((noinline)) void vcpu_start(struct vcpu *v, struct ipa entry, uint64_t x0)
{
    v->entry = entry;
    v->x0 = x0;
    v->reset = true;
    vcpu_unblock(v, BLOCK_OFF);
}

int64_t vm_start(struct vm *vm, struct ipa entry, uint64_t x0)
{
    if (vm->state != PB_VM_OFF) {
        return PB_E_STATE;
    }
    if (!shared(vm)) {
        stage2_lend(vm, false);
    }
    stage2_flush(vm);
    reset_vm(vm);
    vm_set_state(vm, PB_VM_RUNNING, PB_REASON_NONE);
    if (vm->cfg->flags & PB_VM_MEASURED) {
        entry.ipa = vm->cfg->entry;
        x0 = vm->cfg->x0;
    }
    vcpu_start(vm_vcpu(vm, 0), entry, x0);
    return PB_OK;
}

int64_t vm_stop(struct vm *vm, enum pb_vm_reason reason)
{
    return hold(vm, LIVES, PB_VM_STOPPED, reason);
}

int64_t vm_scrub(struct vm *vm)
{
    uint64_t at = vm->scrubbed;
    int64_t result = hold(vm, 0, PB_VM_STOPPED, PB_REASON_NONE);

    if (result) {
        return result;
    }
    if (vm->cfg->l3_pa) {
        protect_convert(vm, at, SCRUB_STEP / 4096, false);
    }
    mmu_scrub((struct paddr){vm->cfg->ram_pa + at}, SCRUB_STEP);
    vm->scrubbed = at + SCRUB_STEP;
    if (vm->scrubbed == vm->cfg->ram_size) {
        if (!shared(vm)) {
            stage2_lend(vm, true);
        }
        vm_set_state(vm, PB_VM_OFF, PB_REASON_NONE);
    }
    return (int64_t)(vm->cfg->ram_size - vm->scrubbed);
}

int64_t vm_pause(struct vm *vm)
{
    return hold(vm, 1u << PB_VM_RUNNING, PB_VM_PAUSED, PB_REASON_NONE);
}

int64_t vm_resume(struct vm *vm)
{
    bool suspended = vm->state == PB_VM_SUSPENDED;

    if (!suspended) {
        int64_t result = hold(vm, 0, PB_VM_PAUSED, PB_REASON_NONE);

        if (result) {
            return result;
        }
        vm->cntvoff += counter() - vm->paused_at;
    }
    vm_set_state(vm, PB_VM_RUNNING, PB_REASON_NONE);
    for_each_vcpu (v, vm) {
        v->reset |= suspended; /* see suspend.c; who is off starts so in any case */
        vcpu_unblock(v, BLOCK_HOLD | BLOCK_WFI);
    }
    return PB_OK;
}

static uint64_t us_to_ticks(uint64_t us)
{
    return us * sysreg_read(cntfrq_el0) / 1000000;
}

/* From the last to the first: each CPU's list is in the table's order. */
static void init_vcpus(struct vm *vm)
{
    const struct pb_vm *c = vm->cfg;

    vm->vgic.cpus = c->vcpu_count;
    for (unsigned i = c->vcpu_count; i-- > 0;) {
        const struct pb_vcpu *cfg = &TABLE->vcpu[c->vcpu_first + i];
        struct vcpu *v = vm_vcpu(vm, i);
        struct pcpu *p = pcpu_of(cfg->pcpu);

        v->vm = vm;
        v->index = (uint8_t)i;
        v->number = (uint8_t)(vm->cfg->vcpu_first + i);
        v->pcpu = (uint8_t)cfg->pcpu;
        v->turn.base = v->turn.priority = (uint8_t)cfg->priority;
        v->turn.slice = (int64_t)us_to_ticks(cfg->slice_us);
        v->turn.period = us_to_ticks(cfg->period_us);
        v->block = BLOCK_OFF;
        v->vgic.gic = &vm->vgic;
        v->vgic.index = (uint8_t)i;
        vm->vgic.cpu[i] = &v->vgic;
        v->next = p->first;
        p->first = v;
    }
    vm->vgic.pintid[INTID_CNTV] = INTID_CNTV;
    vm->vgic.pintid[INTID_CNTP] = INTID_CNTP;
}

void vm_init(void)
{
    for (unsigned i = TABLE->vm_count; i-- > 0;) {
        struct vm *vm = &vms[i];

        vm->cfg = &TABLE->vm[i];
        vm->id = (uint8_t)i;
        vm->vcpu = &vcpus[vm->cfg->vcpu_first];
        vm->vcpu_end = vm->vcpu + vm->cfg->vcpu_count;
        vm->page = (struct pb_vm_page *)vm->cfg->page_pa;
        init_vcpus(vm);
    }
    irq_init_routes();
    for (unsigned i = 0; i < TABLE->vm_count; i++) {
        struct vm *vm = &vms[i];

        stage2_lend(vm, true);
        if (vm->cfg->flags & PB_VM_AUTOSTART) {
            vm_start(vm, (struct ipa){vm->cfg->entry}, vm->cfg->x0);
        } else {
            vm_set_state(vm, PB_VM_OFF, PB_REASON_NONE);
        }
    }
}
