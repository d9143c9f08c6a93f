/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "machine_state.h"

#include "hypervisor/core/call/tables.h"
#include "hypervisor/core/cpu/firmware.h"
#include "hypervisor/core/cpu/gic.h"
#include "hypervisor/core/cpu/mmu.h"
#include "hypervisor/core/cpu/panic.h"
#include "hypervisor/core/vm/irq.h"
#include "hypervisor/core/vm/life.h"
#include "hypervisor/core/vm/protect.h"
#include "hypervisor/core/vm/sched.h"
#include "hypervisor/core/vm/stage2.h"
#include "hypervisor/core/vm/block.h"

#define STACK (256 * 1024)
static uint8_t stacks[PCPUS][STACK];
#ifdef HOST_SANITIZED
static ucontext_t driver;
#else
static jmp_buf driver;
#endif
struct cpu cpus[PCPUS];
struct cpu *self;
static bool booting;
uint64_t now;
static uint64_t seed;
static const uint8_t *script;
static size_t left;

uint8_t pcpu_area[PB_MAX_PCPUS][PCPU_SIZE] __attribute__((aligned(PCPU_SIZE)));
const int16_t own_calls[OWN_COUNT], psci_calls[PSCI_COUNT + RSI_COUNT];

uint32_t choose(uint32_t n)
{
    if (left) {
        left--;
        return *script++ % n;
    }
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % n;
}

void choose_from(const uint8_t *data, size_t size, uint64_t start)
{
    script = data;
    left = size;
    seed = start;
}

unsigned machine_cpu(void)
{
    return (unsigned)(self - cpus);
}

uint64_t machine_now(void)
{
    return now;
}

#ifdef HOST_SANITIZED
static void leave(struct cpu *c)
{
    swapcontext(&c->context, &driver);
}

static void resume(struct cpu *c)
{
    swapcontext(&driver, &c->context);
}
#else
static void leave(struct cpu *c)
{
    if (!_setjmp(c->here)) {
        _longjmp(driver, 1);
    }
}

__attribute__((noinline)) static void resume(struct cpu *c)
{
    if (_setjmp(driver)) {
        return;
    }
    if (c->begun) {
        _longjmp(c->here, 1);
    }
    c->begun = true;
    setcontext(&c->context);
}
#endif

void machine_yield(void)
{
    struct cpu *c = self;

    now++;
    if (!booting) {
        leave(c);
    }
}

/* ---- Registers of the CPU that runs -------------------------------------------------------- */

static uint64_t timer_ctl(enum host_register ctl, enum host_register cval, uint64_t off)
{
    return self->reg[ctl] | (gic_timer_due(self, ctl, cval, off) ? TIMER_ISTATUS : 0);
}

uint64_t host_get(enum host_register reg)
{
    switch (reg) {
    case HOST_tpidr_el2: /* read everywhere: no other CPU's turn here */
        return (uintptr_t)pcpu_area[machine_cpu()];
    case HOST_cntpct_el0:
        return now;
    case HOST_cntfrq_el0:
        return HZ;
    case HOST_cntv_ctl_el0:
        return timer_ctl(reg, HOST_cntv_cval_el0, self->reg[HOST_cntvoff_el2]);
    case HOST_cntp_ctl_el0:
        return timer_ctl(reg, HOST_cntp_cval_el0, 0);
    case HOST_icc_iar1_el1:
        return gic_acknowledge(self);
    case HOST_ich_elrsr_el2:
        return gic_empty_lrs();
    case HOST_ich_hcr_el2:
        return self->reg[reg] | (uint64_t)self->eois << 27;
    default:
        return self->reg[reg];
    }
}

void host_set(enum host_register reg, uint64_t value)
{
    if (choose(8) == 0) {
        machine_yield();
    }
    switch (reg) {
    case HOST_icc_dir_el1:
        gic_deactivate_of(self, (uint32_t)value);
        break;
    case HOST_ich_hcr_el2:
        self->eois = 0;
        /* fallthrough */
    default:
        self->reg[reg] = value;
    }
}

void host_wfi(void)
{
    while (!machine_irq()) {
        machine_yield();
    }
}

void context_save(struct context *c)
{
#define SAVE(a, b)              \
    c->a = self->reg[HOST_##a]; \
    c->b = self->reg[HOST_##b];
    CONTEXT_PAIRS(SAVE)
}

void context_load(const struct context *c)
{
#define LOAD(a, b)              \
    self->reg[HOST_##a] = c->a; \
    self->reg[HOST_##b] = c->b;
    CONTEXT_PAIRS(LOAD)
}

void fp_save(struct fp_regs *fp)
{
    (void)fp;
}

void fp_load(const struct fp_regs *fp)
{
    (void)fp;
}

/* ---- What EL2 has for the machine ----------------------------------------------------------- */

void lock(struct lock *l)
{
    machine_yield();
    while (l->taken) {
        machine_yield();
    }
    l->taken = 1;
}

int64_t firmware_psci(uint32_t function, uint64_t x1, uint64_t x2, uint64_t x3)
{
    CU_FAIL("no guest of guests.c may end the machine");
    return PSCI_NOT_SUPPORTED;
}

uint64_t stage2_vttbr(const struct vm *vm)
{
    return vm->id;
}

void stage2_flush(const struct vm *vm)
{
    (void)vm;
}

void stage2_lend(const struct vm *vm, bool lent)
{
    (void)lent;
    for (unsigned i = 0; i < vm->cfg->vcpu_count; i++) {
        CU_ASSERT_FALSE(vcpu_loaded(vm_vcpu(vm, i)));
    }
}

void mmu_scrub(struct paddr from, uint64_t size)
{
    (void)from;
    (void)size;
}

void protect_convert(const struct vm *vm, uint64_t at, unsigned pages, bool share)
{
    (void)vm;
    (void)at;
    (void)pages;
    (void)share;
}

void panic_check(void)
{
}

/* ---- Start, and turns of the CPUs ------------------------------------------------------------ */

static void run_cpu(void)
{
    struct vcpu *v = sched_first();

    for (;;) {
        machine_yield();
        CU_ASSERT_PTR_EQUAL_FATAL(this_pcpu()->cur, v);
        if (machine_irq()) {
            irq_poll();
            v = sched_leave(v);
        } else {
            v = guest_run(v);
        }
    }
}

static void map_table(void)
{
    static bool mapped;

    if (!mapped &&
        mmap((void *)PB_TABLE_PA, PB_TABLE_MAX, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != (void *)PB_TABLE_PA) {
        abort();
    }
    mapped = true;
}

void machine_boot(void)
{
    map_table();
    memset((void *)PB_TABLE_PA, 0, sizeof(struct pb_table));
    guests_table((struct pb_table *)PB_TABLE_PA);
    memset(cpus, 0, sizeof(cpus));
    memset(spis, 0, sizeof(spis));
    memset(pcpu_area, 0, sizeof(pcpu_area));
    memset(vms, 0, sizeof(vms));
    memset(vcpus, 0, sizeof(vcpus));
    sched_front = NULL;
    now = 1000;
    for (unsigned i = 0; i < PCPUS; i++) {
        struct cpu *c = &cpus[i];

        pcpu_of(i)->id = i;
        getcontext(&c->context);
        c->context.uc_stack.ss_sp = stacks[i];
        c->context.uc_stack.ss_size = STACK;
        c->context.uc_link = NULL;
        makecontext(&c->context, run_cpu, 0);
    }
    self = &cpus[PCPUS - 1]; /* a CPU for vm_init to run on, which only notes what to do */
    booting = true;
    vm_init();
    booting = false;
}

void machine_run(unsigned steps)
{
    while (steps-- && CU_get_number_of_failures() == 0) {
        self = &cpus[choose(PCPUS)];
        resume(self);
        if (choose(16) == 0) {
            spis[choose(SPIS)].late = 0;
        }
    }
}
