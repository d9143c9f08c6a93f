/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Four CPUs at once: SGIs, private timers, an SPI routed to each, WFI that another CPU ends. */
#include "lib/exception.h"
#include "lib/gic.h"
#include "lib/platform.h"
#include "lib/psci.h"
#include "lib/tap.h"

#define CPUS       4
#define ALL        0xfu
#define SGI_PING   1
#define SGI_PONG   2
#define SGI_GO     3
#define SGI_TIMER  4
#define SPI_TEST   45
#define ROUNDS     200
#define TIMER_IRQS 20
#define TIMER_ON   1u

int main(uint64_t dtb);

static volatile uint32_t up;
static volatile uint32_t stop;
static volatile uint32_t pongs;
static volatile uint32_t go[CPUS];
static volatile uint32_t spis[CPUS];
static volatile uint32_t timer_irqs[CPUS];
static uint32_t counter;

static void arm_timer(void)
{
    write_sysreg(cntv_cval_el0, ticks() + ms_to_ticks(1));
    write_sysreg(cntv_ctl_el0, TIMER_ON);
}

static void on_irq(uint32_t intid)
{
    unsigned cpu = cpu_number();

    if (intid == SGI_PING) {
        gic_send_sgi(SGI_PONG, 1u << 0);
    } else if (intid == SGI_PONG) {
        pongs = pongs + 1;
    } else if (intid == SGI_GO) {
        go[cpu] = go[cpu] + 1;
    } else if (intid == SPI_TEST) {
        spis[cpu] = spis[cpu] + 1;
    } else if (intid == SGI_TIMER) {
        arm_timer();
    } else if (intid == INTID_VIRTUAL_TIMER) {
        timer_irqs[cpu] = timer_irqs[cpu] + 1;
        arm_timer();
    }
}

static void join(void)
{
    gic_init_cpu();
    for (uint32_t sgi = SGI_PING; sgi <= SGI_TIMER; sgi++) {
        gic_enable(sgi);
    }
    gic_enable(INTID_VIRTUAL_TIMER);
    irq_enable();
    __atomic_fetch_add(&up, 1, __ATOMIC_SEQ_CST);
}

void secondary_main(unsigned cpu)
{
    (void)cpu;
    join();
    while (!stop) {
        wait_for_interrupt();
        __atomic_fetch_add(&counter, 1, __ATOMIC_SEQ_CST);
    }
    irq_disable();
    write_sysreg(cntv_ctl_el0, 0);
}

static void test_ping(unsigned cpu)
{
    bool all = true;

    for (uint32_t i = 0; i < ROUNDS && all; i++) {
        uint32_t before = pongs;

        gic_send_sgi(SGI_PING, 1u << cpu);
        all = wait_until(&pongs, before + 1, 2000);
    }
    tap_ok(all, "SGI to another CPU out of its WFI, and one back, 200 times");
}

static void test_broadcast(void)
{
    bool all = true;

    for (unsigned cpu = 0; cpu < CPUS; cpu++) {
        go[cpu] = 0;
    }
    gic_send_sgi_others(SGI_GO);
    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        all = wait_until(&go[cpu], 1, 2000) && all;
    }
    tap_ok(all, "SGI to all others reaches each");
    tap_is(go[0], 0, "but not its sender");
    gic_send_sgi(SGI_GO, ALL);
    for (unsigned cpu = 0; cpu < CPUS; cpu++) {
        all = wait_until(&go[cpu], cpu ? 2 : 1, 2000) && all;
    }
    tap_ok(all, "SGI to a list reaches each, its sender too");
    tap_ok(go[1] == 2 && go[2] == 2 && go[3] == 2, "and none comes twice");
}

static void test_routing(unsigned cpu)
{
    uint32_t before = spis[cpu];

    write64(GICD_BASE + GICD_IROUTER(SPI_TEST), cpu);
    gic_set(GIC_ISPENDR, SPI_TEST);
    tap_ok(wait_until(&spis[cpu], before + 1, 2000), "an SPI goes to the CPU of its IROUTER");
}

static void test_timers(void)
{
    bool all = true;

    gic_send_sgi(SGI_TIMER, ALL);
    for (unsigned cpu = 0; cpu < CPUS; cpu++) {
        all = wait_until(&timer_irqs[cpu], TIMER_IRQS, 5000) && all;
    }
    tap_ok(all, "each CPU's timer ticks for it alone");
    stop = 1;
    gic_send_sgi_others(SGI_GO);
}

int main(uint64_t dtb)
{
    (void)dtb;
    exception_on_irq(on_irq);
    gic_init();
    gic_set_edge(SPI_TEST, true);
    gic_enable(SPI_TEST);
    join();
    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        tap_is((uint64_t)psci_cpu_on(cpu), 0, "CPU_ON");
    }
    tap_ok(wait_until(&up, CPUS, 10000), "four CPUs are up");
    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        test_ping(cpu);
    }
    test_broadcast();
    for (unsigned cpu = 0; cpu < CPUS; cpu++) {
        test_routing(cpu);
    }
    test_timers();
    tap_ok(counter > 0, "interrupts ended WFIs");
    return 0;
}
