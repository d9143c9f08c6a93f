/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "guests.h"
#include "machine.h"

#include "hypervisor/core/call/tables.h"
#include "hypervisor/core/cpu/gic.h"
#include "hypervisor/core/trap/mmio.h"
#include "hypervisor/core/vm/block.h"
#include "hypervisor/core/vm/life.h"
#include "hypervisor/core/vm/sched.h"
#include "hypervisor/core/vm/virtio.h"
#include "hypervisor/core/vm/wake.h"

#define VMS      4
#define VCPUS    8
#define GICD     0x08000000ull
#define GICR     0x080a0000ull
#define VIO      0x0a000000ull
#define VIO_INT  48
#define BELL     96 /* + VM */
#define SPURIOUS 1023u
#define SLOTS    4
#define RAM      0x20000ull /* two calls to scrub it: many lives */

/* What a vCPU's guest knows. */
static struct guest {
    bool booted;
    uint32_t taken[40]; /* interrupts under way, the last is the running one */
    unsigned depth;
    uint32_t sgis;     /* sent to it and none taken since */
    unsigned sent[16]; /* how often; several may come as one */
    bool timer;        /* armed and not yet taken */
} guests[VCPUS];

static uint8_t vio[VMS][PB_VIO_SLOTS * PB_VIO_STRIDE] __attribute__((aligned(4096)));
static struct pb_vm_page pages[VMS] __attribute__((aligned(4096)));
static bool draining;
static unsigned long taken;
static bool fired[SPIS];

static struct guest *guest_of(const struct vcpu *v)
{
    return &guests[v->number];
}

static void table_vm(struct pb_table *t, unsigned n, unsigned first, unsigned count)
{
    t->vm[n] = (struct pb_vm){
        .flags = PB_VM_AUTOSTART | (n == 0 ? PB_VM_PRIVILEGED : 0),
        .gicd_ipa = GICD,
        .gicr_ipa = GICR,
        .ram_size = RAM,
        .vcpu_first = first,
        .vcpu_count = count,
        .vio_ipa = n ? VIO : 0,
        .vio_pa = n ? (uintptr_t)vio[n] : 0,
        .vio_intid = VIO_INT,
        .page_pa = (uintptr_t)&pages[n],
        .doorbell = n ? BELL + n : 0,
    };
}

void guests_table(struct pb_table *t)
{
    static const struct pb_vcpu all[VCPUS] = {
        {0, 0, 0, 5, 0, 0, {0}},    {1, 0, 0, 3, 100, 0, {0}}, {1, 1, 1, 3, 100, 0, {0}},
        {1, 2, 2, 3, 100, 0, {0}},  {2, 0, 1, 3, 100, 0, {0}}, {2, 1, 2, 3, 100, 0, {0}},
        {3, 0, 3, 6, 50, 200, {0}}, {1, 3, 3, 3, 100, 0, {0}},
    };

    t->pcpus = PCPUS;
    t->vm_count = VMS;
    t->vcpu_count = VCPUS;
    for (unsigned i = 0; i < PCPUS; i++) {
        t->mpidr[i] = i;
    }
    memcpy(t->vcpu, all, sizeof(all));
    table_vm(t, 0, 0, 1);
    table_vm(t, 1, 1, 3);
    table_vm(t, 2, 4, 2);
    table_vm(t, 3, 6, 1);
    for (unsigned i = 0; i < SPIS; i++) {
        t->route[i] = (struct pb_route){SPI_FIRST + i, SPI_FIRST + i, 1 + i % 2, !MACHINE_LEVEL(i)};
    }
    t->route_count = SPIS;
    t->vcpu_count = 7;
}

void guests_start(void)
{
    memset(guests, 0, sizeof(guests));
    memset(pages, 0, sizeof(pages));
    memset(vio, 0, sizeof(vio));
    draining = false;
}

/* ---- What a guest does ---------------------------------------------------------------------- */

static void access(struct vcpu *v, uint64_t ipa, bool write, uint64_t value)
{
    struct mmio m = {.ipa = {ipa}, .kind = write, .value = value};

    m.read = (struct io_wait){.reg = 1, .size = 4};
    mmio_access(v, &m);
}

static void gicd(struct vcpu *v, uint32_t offset, uint32_t value)
{
    access(v, GICD + offset, true, value);
}

static void set_up(struct vcpu *v)
{
    uint64_t frame = GICR + v->index * 0x20000ull + 0x10000;

    memset(guest_of(v), 0, sizeof(struct guest));
    guest_of(v)->booted = true;
    sysreg_write(ich_vmcr_el2, 0xf8ull << 24 | 2);
    access(v, frame + 0x80, true, ~0u);
    access(v, frame + 0x100, true, 0xffff | 1u << 27);
    for (unsigned i = 0; i < 32; i += 4) {
        access(v, frame + 0x400 + i, true, 0x80808080);
    }
    gicd(v, 0, 2);
    for (unsigned w = 1; v->index == 0 && w < 4; w++) {
        gicd(v, 0x80 + 4 * w, ~0u);
        gicd(v, 0xc00 + 8 * w, ~0u);
        gicd(v, 0xc04 + 8 * w, ~0u);
        gicd(v, 0x100 + 4 * w, ~0u);
    }
}

static void arm_timer(struct vcpu *v)
{
    guest_of(v)->timer = true;
    sysreg_write(cntv_cval_el0, machine_now() - v->vm->cntvoff + choose(100));
    sysreg_write(cntv_ctl_el0, 1);
}

static void send_sgi(struct vcpu *v)
{
    unsigned sgi = choose(16);
    uint32_t targets = choose(16);

    for (unsigned i = 0; i < v->vm->cfg->vcpu_count; i++) {
        if (targets >> i & 1) {
            guest_of(vm_vcpu(v->vm, i))->sgis |= 1u << sgi;
            guest_of(vm_vcpu(v->vm, i))->sent[sgi]++;
        }
    }
    vgic_sgi(&v->vgic, (uint64_t)sgi << 24 | targets, true);
}

static uint32_t *status(unsigned vm, unsigned slot)
{
    return (uint32_t *)(void *)&vio[vm][slot * PB_VIO_STRIDE + 0x60];
}

/* The owner: VM `n` raised its doorbell, or may have. */
static void serve(struct vcpu *v, unsigned n)
{
    (void)v;
    for (unsigned i = 0; i < vms[n].cfg->vcpu_count; i++) {
        if (__atomic_load_n(&pages[n].io[i].state, __ATOMIC_ACQUIRE)) {
            uint64_t offset = pages[n].io[i].ipa - VIO;

            if (offset % PB_VIO_STRIDE == 0x70) { /* Status: the device is reset */
                *status(n, (unsigned)(offset / PB_VIO_STRIDE)) = 0;
            }
            pages[n].io[i].state = 0;
            vm_lock(&vms[n]);
            post_done(&vms[n], i, (uint64_t[4]){0});
            vm_unlock(&vms[n]);
        }
    }
    for (unsigned slot = 0; slot < SLOTS; slot++) {
        if (__atomic_exchange_n(&pages[n].notify[slot], 0, __ATOMIC_SEQ_CST)) {
            vm_lock(&vms[n]);
            virtio_raise(&vms[n], slot, 1);
            vm_unlock(&vms[n]);
        }
    }
}

static void handle(struct vcpu *v, uint32_t intid)
{
    struct guest *g = guest_of(v);

    taken++;
    if (intid < 16) {
        CU_ASSERT_TRUE(g->sent[intid] > 0); /* never one that was not sent */
        g->sent[intid]--;
        g->sgis &= ~(1u << intid);
    } else if (intid == INTID_CNTV) {
        CU_ASSERT_TRUE(g->timer); /* it comes once */
        g->timer = false;
        sysreg_write(cntv_ctl_el0, 0);
    } else if (v->vm->id == 0) {
        CU_ASSERT_TRUE(intid > BELL && intid < BELL + VMS);
        serve(v, intid - BELL);
    } else if (intid >= VIO_INT && intid < VIO_INT + SLOTS) {
        uint32_t bits = *status(v->vm->id, intid - VIO_INT);

        vm_lock(v->vm);
        access(v, VIO + (intid - VIO_INT) * PB_VIO_STRIDE + 0x64, true, bits);
        vm_unlock(v->vm);
    } else {
        CU_ASSERT_TRUE(intid >= SPI_FIRST && intid < SPI_FIRST + SPIS);
        CU_ASSERT_TRUE(fired[intid - SPI_FIRST] || MACHINE_LEVEL(intid - SPI_FIRST));
        machine_serve(intid - SPI_FIRST);
        fired[intid - SPI_FIRST] = machine_spi_pending(intid - SPI_FIRST);
    }
}

/* A VM starts anew. */
static void forget(const struct vm *vm)
{
    for (unsigned slot = 0; slot < PB_VIO_SLOTS; slot++) {
        CU_ASSERT_EQUAL(pages[vm->id].notify[slot], 0); /* of its former life */
    }
    memset(vio[vm->id], 0, sizeof(vio[0]));
    for (unsigned i = 0; i < vm->cfg->vcpu_count; i++) {
        CU_ASSERT_EQUAL(pages[vm->id].io[i].state, 0);
        memset(guest_of(vm_vcpu(vm, i)), 0, sizeof(struct guest));
    }
}

static void fire(unsigned spi)
{
    fired[spi] = true;
    machine_fire(spi);
}

/* A CPU may take it, and then waits for the lock until the VM's next life has begun. */
static void interrupt_stopped(const struct vm *vm)
{
    if (!draining && vm->state == PB_VM_OFF) {
        fire(choose(SPIS));
        for (unsigned i = choose(32); i > 0; i--) {
            machine_yield();
        }
    }
}

/* One of the owner's calls about VM n. */
static void manage(unsigned n)
{
    struct vm *vm = &vms[n];

    vm_lock(vm);
    switch (draining ? vm->state == PB_VM_PAUSED ? 1 : 20
                     : choose(vm->state == PB_VM_STOPPED ? 31 : 64)) {
    case 0:
        vm_pause(vm);
        break;
    case 1 ... 8:
        vm_resume(vm);
        break;
    case 9 ... 19:
        vm_stop(vm, PB_REASON_REQUEST);
        break;
    case 20 ... 30:
        vm_scrub(vm);
        interrupt_stopped(vm);
        if (vm_start(vm, (struct ipa){0}, 0) == PB_OK) {
            forget(vm);
        }
        break;
    default:
        if (guest_of(vm_vcpu(vm, 0))->booted) { /* no sooner has it a driver */
            virtio_raise(vm, choose(SLOTS), 1 + choose(2));
        }
    }
    vm_unlock(vm);
}

static void own_work(struct vcpu *v)
{
    unsigned n = 1 + choose(VMS - 1);
    struct vm *vm = &vms[n];
    bool wait = vm->state == PB_VM_RUNNING || vm->state == PB_VM_SUSPENDED;

    if (draining && wait) {
        return;
    }
    (void)v;
    manage(n);
}

/* A call or access that traps; the VM is locked. */
static void trapped(struct vcpu *v)
{
    uint64_t any = choose(v->vm->cfg->vcpu_count);

    switch (choose(12)) {
    case 8 ... 11: /* a timer's interrupt is made inactive, whoever has it */
        access(v, GICR + any * 0x20000 + 0x10380, true, 1u << INTID_CNTV);
        break;
    case 0:
        access(v, VIO + choose(SLOTS) * PB_VIO_STRIDE + 0x50, true, choose(3));
        break;
    case 1:
        access(v, VIO + choose(SLOTS) * PB_VIO_STRIDE + 0x70, true, 0);
        break;
    case 2:
        psci_cpu_on(v->vm, (uint64_t[]){any, 0, 0}, v);
        break;
    case 3:
        access(v, GICD + 0x6000 + 8 * (SPI_FIRST + choose(SPIS)), true, any);
        break;
    case 4:
        gicd(v, 0x6000 + 8 * (VIO_INT + choose(SLOTS)), (uint32_t)any);
        break;
    case 5:
        access(v, GICD + 0x204 + 0x100 * choose(2), false, 0);
        break;
    default:
        send_sgi(v);
    }
}

static bool all_run(void)
{
    bool all = true;

    for (unsigned n = 1; n < VMS; n++) {
        all = all && vms[n].state == PB_VM_RUNNING;
    }
    return all;
}

static bool idle(struct vcpu *v)
{
    if (draining && v->vm->id == 0 && !all_run()) {
        return false;
    }
    return !machine_virq() && !guest_of(v)->depth;
}

static struct vcpu *wait(struct vcpu *v)
{
    if (sysreg_read(hcr_el2) & HCR_TWI) {
        vm_lock(v->vm);
        vcpu_wait(v);
        vm_unlock(v->vm);
        return sched_leave(v);
    }
    while (!machine_irq() && idle(v)) {
        machine_yield();
    }
    return v;
}

static struct vcpu *interrupt(struct vcpu *v)
{
    struct guest *g = guest_of(v);
    uint32_t intid;

    if (g->depth && choose(2)) {
        machine_end(g->taken[--g->depth]);
        return v;
    }
    intid = machine_acknowledge();
    if (intid != SPURIOUS) {
        g->taken[g->depth++] = intid;
        handle(v, intid);
    }
    return sched_leave(v);
}

static struct vcpu *work(struct vcpu *v)
{
    if (v->vm->id == 0) {
        own_work(v);
        return sched_leave(v);
    }
    vm_lock(v->vm);
    trapped(v);
    vm_unlock(v->vm);
    return sched_leave(v);
}

struct vcpu *guest_run(struct vcpu *v)
{
    struct guest *g = guest_of(v);
    bool quiet = idle(v);

    if (!(sysreg_read(ich_vmcr_el2) & 2) || !g->booted) {
        vm_lock(v->vm);
        set_up(v);
        vm_unlock(v->vm);
        return sched_leave(v);
    }
    if (draining) {
        if (v->vm->id == 0 && !all_run()) {
            own_work(v);
            return sched_leave(v);
        }
        return quiet ? wait(v) : interrupt(v);
    }
    if (!quiet && choose(2)) {
        return interrupt(v);
    }
    switch (choose(v->vm->id ? 8 : 4)) {
    case 0:
        arm_timer(v);
        return v;
    case 1:
        fire(choose(SPIS));
        return v;
    case 2:
        if (v->vm->id == 0) { /* who would wake it when it has to drain? */
            arm_timer(v);
        }
        return quiet ? wait(v) : v;
    default:
        return work(v);
    }
}

/* ---- What must hold ----------------------------------------------------------------------------
 */

void guests_drain(bool on)
{
    draining = on;
}

unsigned long guests_taken(void)
{
    return taken;
}

static void check_vcpu(const struct vcpu *v)
{
    struct guest *g = guest_of(v);

    if (!g->booted || (v->block & BLOCK_OFF)) {
        return;
    }
    CU_ASSERT_EQUAL(g->sgis, 0);
    memset(g->sent, 0, sizeof(g->sent));
    CU_ASSERT_FALSE(g->timer);
    CU_ASSERT_EQUAL(g->depth, 0);
    CU_ASSERT_EQUAL(v->block & ~(uint32_t)BLOCK_WFI, 0);
}

void guests_check(void)
{
    for (unsigned n = 1; n < VMS; n++) {
        CU_ASSERT_EQUAL(vms[n].state, PB_VM_RUNNING);
        CU_ASSERT_EQUAL(vms[n].vgic.settling.any, 0);
        CU_ASSERT_EQUAL(vms[n].reading, 0);
        CU_ASSERT_EQUAL(vms[n].lock.taken, 0);
        for (unsigned slot = 0; slot < SLOTS; slot++) {
            unsigned target = vms[n].vgic.route[VIO_INT + slot];

            CU_ASSERT_TRUE(*status(n, slot) == 0 || !guest_of(vm_vcpu(&vms[n], target))->booted);
            CU_ASSERT_EQUAL(pages[n].notify[slot], 0);
        }
        for (unsigned i = 0; i < vms[n].cfg->vcpu_count; i++) {
            check_vcpu(vm_vcpu(&vms[n], i));
        }
    }
    for (unsigned i = 0; i < SPIS; i++) {
        unsigned n = 1 + i % 2, target = vms[n].vgic.route[SPI_FIRST + i];

        CU_ASSERT_TRUE(!machine_spi_active(i) || !guest_of(vm_vcpu(&vms[n], target))->booted);
        CU_ASSERT_TRUE(!machine_spi_line(i) || !guest_of(vm_vcpu(&vms[n], target))->booted);
    }
    for (unsigned i = 0; i < PCPUS; i++) {
        CU_ASSERT_FALSE(machine_timer_active(i));
    }
}

void guests_dump(void)
{
    for (unsigned i = 0; i < TABLE->vcpu_count; i++) {
        const struct vcpu *v = &vcpus[i];
        const struct guest *g = guest_of(v);

        printf(
            "vcpu %u vm %u state %u pcpu %u block %x loaded %d booted %d depth %u sgis %x timer %d "
            "dirty %x look %x reset %d lock %u\n",
            i, v->vm->id, v->vm->state, v->pcpu, v->block, vcpu_loaded(v), g->booted, g->depth,
            g->sgis, g->timer, v->vgic.dirty, v->vm->vgic.look, v->reset, v->vm->lock.taken);
    }
}
