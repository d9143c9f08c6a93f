/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What an operation costs, under any host that gives a guest the persona platform: so many of a
 * kind, between two marks where our emulator counts instructions, and by the guest's own counter
 * ("# NAME 0x..." in ticks; "# freq 0x..." says how long one is). Where instructions are counted
 * (QEMU, -icount shift=0) a nanosecond is an instruction, whoever executes it.
 *
 * CPUs 0 and 1 are on two CPUs of the machine; CPU 2, if there is one, on that of CPU 0.
 */
#include "lib/exception.h"
#include "lib/gic.h"
#include "lib/platform.h"
#include "lib/psci.h"
#include "lib/tap.h"

#include <phonebooth/hypercall.h>

#define OPERATIONS 2000 /* also in tests/bench/micro.py */
#define TICK_US    10
#define TIMER_ON   1u
#define SGI_SELF   1
#define SGI_PING   2
#define SGI_BALL   3
#define NEIGHBOUR  1
#define SAME_CPU   2

int main(uint64_t dtb);

static volatile uint32_t taken; /* interrupts of CPU 0 */
static volatile uint32_t pings; /* of CPU 1 */
static volatile uint32_t balls; /* thrown between CPUs 0 and 2 */
static volatile uint32_t awake; /* CPUs that have come so far, bit n = CPU n */

static void on_irq(uint32_t intid)
{
    if (intid == SGI_PING) {
        pings = pings + 1;
        return;
    }
    if (intid == SGI_BALL) {
        balls = balls + 1;
        if (cpu_number() == SAME_CPU) {
            gic_send_sgi(SGI_BALL, 1u << 0);
        }
        return;
    }
    if (intid == INTID_VIRTUAL_TIMER) {
        write_sysreg(cntv_ctl_el0, 0);
    }
    taken = taken + 1;
}

static void join(void)
{
    gic_init_cpu();
    gic_enable(SGI_SELF);
    gic_enable(SGI_PING);
    gic_enable(SGI_BALL);
    gic_enable(INTID_VIRTUAL_TIMER);
    irq_enable();
}

void secondary_main(unsigned cpu)
{
    join();
    awake = awake | 1u << cpu;
    for (;;) {
        if (cpu == SAME_CPU) {
            wait_for_interrupt();
        } else {
            relax();
        }
    }
}

/* Asleep meanwhile. What comes between the look and the WFI ends the WFI: IRQs are masked there. */
static void sleep_until(const volatile uint32_t *count, uint32_t value)
{
    irq_disable();
    while (*count < value) {
        wait_for_interrupt();
        irq_enable();
        irq_disable();
    }
    irq_enable();
}

static void nothing(void)
{
}

static void hypercalls(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        psci_call(PB_CALL_VERSION, 0, 0, 0);
    }
}

static void psci_calls(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        psci_call(PSCI_VERSION, 0, 0, 0);
    }
}

static void set_timer(void)
{
    write_sysreg(cntv_cval_el0, ticks() + read_sysreg(cntfrq_el0) * TICK_US / 1000000);
    write_sysreg(cntv_ctl_el0, TIMER_ON);
}

static void timer_ticks(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        uint32_t before = taken;

        set_timer();
        while (taken == before) {
            relax();
        }
    }
}

/* Under us another VM waits for this CPU: each WFI is two switches. */
static void waits(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        uint32_t before = taken;

        set_timer();
        sleep_until(&taken, before + 1);
    }
}

static void own_sgis(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        uint32_t before = taken;

        gic_send_sgi(SGI_SELF, 1u << 0);
        while (taken == before) {
            relax();
        }
    }
}

/* CPU 1 is awake. */
static void remote_sgis(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        uint32_t before = pings;

        gic_send_sgi(SGI_PING, 1u << NEIGHBOUR);
        while (pings == before) {
            relax();
        }
    }
}

/* CPU 2 sleeps, on the same CPU of the machine: there and back is two wake-ups and two switches. */
static void balls_thrown(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        uint32_t before = balls;

        gic_send_sgi(SGI_BALL, 1u << SAME_CPU);
        sleep_until(&balls, before + 2);
    }
}

static void register_reads(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        read_sysreg(id_aa64pfr0_el1);
    }
}

static void gic_reads(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        read32(GICD_BASE + GICD_TYPER);
    }
}

/* Acknowledge and end, with nothing to acknowledge: neither should leave the guest. */
static void ends(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        gic_end(gic_acknowledge());
    }
}

static const struct operation {
    const char *name;
    void (*run)(void);
    unsigned cpus; /* that must be there, a mask */
} operations[] = {
    {"nothing", nothing, 0},
    {"hypercall", hypercalls, 0},
    {"psci", psci_calls, 0},
    {"register", register_reads, 0},
    {"gic", gic_reads, 0},
    {"eoi", ends, 0},
    {"timer", timer_ticks, 0},
    {"self", own_sgis, 0},
    {"ipi", remote_sgis, 1u << NEIGHBOUR},
    {"wait", waits, 0},
    {"ball", balls_thrown, 1u << SAME_CPU},
};

static void measure(const struct operation *operation)
{
    uint64_t start, end;

    tap_say("@mark begin ", operation->name);
    start = ticks();
    operation->run();
    end = ticks();
    tap_say("@mark end ", operation->name);
    tap_note(operation->name, end - start);
}

static void start(unsigned cpu)
{
    int64_t result = psci_cpu_on(cpu);

    for (unsigned i = 0; result == 0 && i < OPERATIONS && !(awake & 1u << cpu); i++) {
        uint32_t before = taken;

        set_timer();
        sleep_until(&taken, before + 1); /* CPU 2 has no other moment to run */
    }
}

int main(uint64_t dtb)
{
    (void)dtb;
    exception_on_irq(on_irq);
    gic_init();
    join();
    start(NEIGHBOUR);
    start(SAME_CPU);
    tap_note("freq", read_sysreg(cntfrq_el0));
    for (unsigned i = 0; i < sizeof(operations) / sizeof(*operations); i++) {
        if ((awake & operations[i].cpus) == operations[i].cpus) {
            measure(&operations[i]);
        }
    }
    tap_say("@mark ", "done");
    tap_end();
}
