/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What an exception costs: this guest waits for a letter on its console, does that many operations
 * of one kind, nothing else, and says so. While it waits EL2 has nothing to do, so what EL2
 * executes between letter and answer, counted by the emulator, is the operations'.
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
#define UARTDR     (UART_BASE + 0x00)
#define UARTFR     (UART_BASE + 0x18)
#define FR_RXFE    (1u << 4)

int main(uint64_t dtb);

static volatile uint32_t taken; /* interrupts of CPU 0 */
static volatile uint32_t pings; /* of CPU 1 */

static void on_irq(uint32_t intid)
{
    if (intid == SGI_PING) {
        pings = pings + 1;
        return;
    }
    if (intid == INTID_VIRTUAL_TIMER)
        write_sysreg(cntv_ctl_el0, 0);
    taken = taken + 1;
}

static void join(void)
{
    gic_init_cpu();
    gic_enable(SGI_SELF);
    gic_enable(SGI_PING);
    gic_enable(INTID_VIRTUAL_TIMER);
    irq_enable();
}

void secondary_main(unsigned cpu)
{
    (void)cpu;
    join();
    for (;;)
        relax();
}

static void hypercalls(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++)
        psci_call(PB_CALL_VERSION, 0, 0, 0);
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
        while (taken == before)
            relax();
    }
}

/* Another VM waits for this CPU: each WFI is two switches. */
static void waits(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        uint32_t before = taken;

        set_timer();
        while (taken == before)
            wait_for_interrupt();
    }
}

static void own_sgis(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        uint32_t before = taken;

        gic_send_sgi(SGI_SELF, 1u << 0);
        while (taken == before)
            relax();
    }
}

/* CPU 1 is awake. */
static void remote_sgis(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++) {
        uint32_t before = pings;

        gic_send_sgi(SGI_PING, 1u << 1);
        while (pings == before)
            relax();
    }
}

static void register_reads(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++)
        read_sysreg(id_aa64pfr0_el1);
}

static void gic_reads(void)
{
    for (unsigned i = 0; i < OPERATIONS; i++)
        read32(GICD_BASE + GICD_TYPER);
}

static const struct operation {
    char letter;
    const char *name;
    void (*run)(void);
} operations[] = {
    {'h', "hypercall", hypercalls}, {'t', "timer", timer_ticks}, {'w', "wait", waits},
    {'s', "self", own_sgis},        {'i', "ipi", remote_sgis},   {'r', "register", register_reads},
    {'g', "gic", gic_reads},
};

static void serve(char letter)
{
    for (unsigned i = 0; i < sizeof(operations) / sizeof(*operations); i++) {
        if (operations[i].letter == letter) {
            operations[i].run();
            tap_note(operations[i].name, OPERATIONS);
        }
    }
}

int main(uint64_t dtb)
{
    (void)dtb;
    exception_on_irq(on_irq);
    gic_init();
    join();
    tap_is((uint64_t)psci_cpu_on(1), 0, "CPU_ON");
    for (;;) {
        while (read32(UARTFR) & FR_RXFE)
            relax();
        serve((char)read32(UARTDR));
    }
}
