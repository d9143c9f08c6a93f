/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "machine.h"

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

#define STACK   (256 * 1024)
#define VALID   (LR_PENDING | LR_ACTIVE)
#define PRIO(l) ((unsigned)((l) >> 48) & 0xff)

static struct cpu {
    uint64_t reg[HOST_REGISTERS];
    uint32_t sgis;      /* pending */
    uint32_t active;    /* SGIs and PPIs */
    unsigned eois;      /* EOIcount */
    ucontext_t context; /* to begin with */
    bool begun;
    jmp_buf here; /* then: it makes no system calls */
} cpus[PCPUS];

static struct spi {
    bool enabled, pending, active, line; /* line: of those that are level triggered */
    unsigned target;
    unsigned late; /* CPUs, a bit for each, that have not yet seen that it is disabled */
} spis[SPIS];

static uint8_t stacks[PCPUS][STACK];
#ifdef HOST_SANITIZED
static ucontext_t driver;
#else
static jmp_buf driver;
#endif
static struct cpu *self;
static bool booting;
static uint64_t now, seed;
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

/* ---- Timers, list registers, interrupts ------------------------------------------------- */

static bool due(const struct cpu *c, enum host_register ctl, enum host_register cval, uint64_t off)
{
    return (c->reg[ctl] & TIMER_ENABLE) && now - off >= c->reg[cval] && now >= off;
}

static bool asserts(const struct cpu *c, enum host_register ctl, enum host_register cval,
                    uint64_t off)
{
    return due(c, ctl, cval, off) && !(c->reg[ctl] & TIMER_IMASK);
}

static bool maintenance(const struct cpu *c)
{
    uint64_t hcr = c->reg[HOST_ich_hcr_el2];
    unsigned valid = 0, pending = 0;
    bool end = false;

    for (unsigned i = 0; i < VGIC_LRS; i++) {
        uint64_t lr = c->reg[HOST_ich_lr0_el2 + i];

        valid += (lr & VALID) != 0;
        pending += (lr & VALID) == LR_PENDING;
        end |= !(lr & VALID) && !(lr & LR_HW) && (lr & LR_EOI);
    }
    return (hcr & ICH_EN) && (end || ((hcr & ICH_UIE) && valid <= 1) ||
                              ((hcr & ICH_NPIE) && !pending) || ((hcr & ICH_LRENPIE) && c->eois));
}

static uint32_t lines(const struct cpu *c)
{
    return c->sgis | (uint32_t)maintenance(c) << INTID_MAINTENANCE |
           (uint32_t)asserts(c, HOST_cnthp_ctl_el2, HOST_cnthp_cval_el2, 0) << INTID_CNTHP |
           (uint32_t)asserts(c, HOST_cntv_ctl_el0, HOST_cntv_cval_el0, c->reg[HOST_cntvoff_el2])
               << INTID_CNTV |
           (uint32_t)asserts(c, HOST_cntp_ctl_el0, HOST_cntp_cval_el0, 0) << INTID_CNTP;
}

static uint32_t pending_for(struct cpu *c)
{
    uint32_t mine = lines(c) & ~c->active;

    if (mine) {
        return (uint32_t)__builtin_ctz(mine);
    }
    for (unsigned i = 0; i < SPIS; i++) {
        const struct spi *s = &spis[i];

        if ((s->enabled || (s->late >> (c - cpus) & 1)) && (s->pending || s->line) && !s->active &&
            &cpus[s->target] == c) {
            return SPI_FIRST + i;
        }
    }
    return INTID_SPECIAL;
}

static uint32_t acknowledge(struct cpu *c)
{
    uint32_t intid = pending_for(c);

    if (intid < 32) {
        c->active |= 1u << intid;
        c->sgis &= ~(1u << intid);
    } else if (intid < INTID_SPECIAL) {
        spis[intid - SPI_FIRST].pending = false;
        spis[intid - SPI_FIRST].active = true;
    }
    return intid;
}

static void deactivate(struct cpu *c, uint32_t intid)
{
    if (intid < 32) {
        c->active &= ~(1u << intid);
    } else {
        spis[intid - SPI_FIRST].active = false;
    }
}

bool machine_irq(void)
{
    return pending_for(self) != INTID_SPECIAL;
}

bool machine_spi_active(unsigned spi)
{
    return spis[spi].active;
}

bool machine_spi_pending(unsigned spi)
{
    return spis[spi].pending;
}

bool machine_timer_active(unsigned cpu)
{
    return cpus[cpu].active & (1u << INTID_CNTV | 1u << INTID_CNTP);
}

bool machine_spi_line(unsigned spi)
{
    return spis[spi].line;
}

void machine_fire(unsigned spi)
{
    if (MACHINE_LEVEL(spi)) {
        spis[spi].line = true;
    } else {
        spis[spi].pending = true;
    }
}

void machine_serve(unsigned spi)
{
    spis[spi].line = false;
}

/* ---- The virtual CPU interface ------------------------------------------------------------ */

static uint64_t *best_lr(void)
{
    unsigned running = (unsigned)self->reg[HOST_ich_ap1r0_el2];
    unsigned limit = (unsigned)(self->reg[HOST_ich_vmcr_el2] >> 24) & 0xff;
    uint64_t *best = NULL;

    limit = running && (unsigned)__builtin_ctz(running) << 3 < limit
                ? (unsigned)__builtin_ctz(running) << 3
                : limit;
    if (!(self->reg[HOST_ich_hcr_el2] & ICH_EN) || !(self->reg[HOST_ich_vmcr_el2] & 2)) {
        return NULL;
    }
    for (unsigned i = 0; i < VGIC_LRS; i++) {
        uint64_t *lr = &self->reg[HOST_ich_lr0_el2 + i];

        if ((*lr & VALID) == LR_PENDING && PRIO(*lr) < limit) {
            limit = PRIO(*lr);
            best = lr;
        }
    }
    return best;
}

bool machine_virq(void)
{
    return best_lr() != NULL;
}

uint32_t machine_acknowledge(void)
{
    uint64_t *lr = best_lr();

    if (!lr) {
        return 1023;
    }
    *lr = (*lr & ~LR_PENDING) | LR_ACTIVE;
    self->reg[HOST_ich_ap1r0_el2] |= 1u << (PRIO(*lr) >> 3);
    return LR_INTID(*lr);
}

void machine_end(uint32_t intid)
{
    self->reg[HOST_ich_ap1r0_el2] &= self->reg[HOST_ich_ap1r0_el2] - 1;
    for (unsigned i = 0; i < VGIC_LRS; i++) {
        uint64_t *lr = &self->reg[HOST_ich_lr0_el2 + i];

        if (LR_INTID(*lr) == intid && (*lr & LR_ACTIVE)) {
            *lr &= ~LR_ACTIVE;
            if (*lr & LR_HW) {
                deactivate(self, (uint32_t)(*lr >> 32) & 0x3ff);
            }
            return;
        }
    }
    self->eois++;
}

/* ---- Registers of the CPU that runs -------------------------------------------------------- */

static uint64_t empty(void)
{
    uint64_t bits = 0;

    for (unsigned i = 0; i < VGIC_LRS; i++) {
        uint64_t lr = self->reg[HOST_ich_lr0_el2 + i];

        bits |= (uint64_t)(!(lr & VALID) && ((lr & LR_HW) || !(lr & LR_EOI))) << i;
    }
    return bits;
}

static uint64_t timer_ctl(enum host_register ctl, enum host_register cval, uint64_t off)
{
    return self->reg[ctl] | (due(self, ctl, cval, off) ? TIMER_ISTATUS : 0);
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
        return acknowledge(self);
    case HOST_ich_elrsr_el2:
        return empty();
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
        deactivate(self, (uint32_t)value);
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

void gic_kick(unsigned n, unsigned sgi)
{
    if (choose(4) == 0) {
        machine_yield();
    }
    cpus[n].sgis |= 1u << sgi;
}

void gic_kick_others(void)
{
    for (unsigned i = 0; i < PCPUS; i++) {
        cpus[i].sgis |= &cpus[i] == self ? 0 : 1u << SGI_RESCHED;
    }
}

/* Other CPUs may take it for a while after it was disabled (IHI 0069, GICD_CTLR.RWP). */
void gic_spi_enable(struct pirq spi, bool on)
{
    struct spi *s = &spis[spi.intid - SPI_FIRST];

    s->late = s->enabled && !on ? choose(1u << PCPUS) : 0;
    s->enabled = on;
    machine_yield();
}

void gic_spi_quiet(struct pirq spi)
{
    struct spi *s = &spis[spi.intid - SPI_FIRST];

    gic_spi_enable(spi, false);
    s->pending = false;
    machine_yield();
    s->active = false;
    machine_yield();
}

void gic_spi_route(struct pirq spi, uint64_t mpidr)
{
    spis[spi.intid - SPI_FIRST].target = (unsigned)mpidr;
}

void gic_spi_edge(struct pirq spi, bool edge)
{
    (void)spi;
    (void)edge;
}

void gic_ppi_active(unsigned n, uint32_t mask, bool active)
{
    if (choose(2) == 0) {
        machine_yield();
    }
    cpus[n].active = active ? cpus[n].active | mask : cpus[n].active & ~mask;
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
