/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "helper.h"
#include "lib/gic.h"
#include "lib/platform.h"
#include "lib/psci.h"
#include "lib/tap.h"

#define PMR_GO      0x08
#define PMR_ALL     0xf0
#define ICC_PMR_EL1 S3_0_C4_C6_0

static struct helper {
    volatile uint32_t task, argument, done;
    volatile uint32_t result;
    volatile uint32_t up;
} helpers[CPUS] __attribute__((aligned(64)));
static volatile uint32_t released;

static uint32_t count_sgis(void)
{
    uint32_t count = 0;

    for (;;) {
        uint32_t intid = gic_acknowledge();

        if (intid >= GIC_SPECIAL) {
            wait_for_interrupt();
            continue;
        }
        gic_end(intid);
        if (intid == SGI_B) {
            return count;
        }
        count++;
        helpers[cpu_number()].result = count;
    }
}

/* Awake, so that what is pending is in its list registers. */
static uint32_t stay(void)
{
    while (!released) {
        relax();
    }
    return 0;
}

static uint32_t carry_out(enum task task, uint32_t argument)
{
    switch (task) {
    case TAKE:
        return gic_wait(argument);
    case END:
        gic_end(argument);
        return 0;
    case STAY:
        return stay();
    case COUNT:
        return count_sgis();
    default:
        return 0;
    }
}

void secondary_main(unsigned cpu)
{
    struct helper *h = &helpers[cpu];

    gic_init_cpu();
    gic_enable(SGI_A);
    gic_enable(SGI_B);
    gic_enable(SGI_GO);
    gic_set_priority(SGI_GO, 0);
    h->up = 1;
    for (;;) {
        write_sysreg(ICC_PMR_EL1, PMR_GO);
        while (h->done == h->task) {
            wait_for_interrupt();
        }
        gic_end(gic_wait(1000));
        write_sysreg(ICC_PMR_EL1, PMR_ALL);
        h->result = carry_out((enum task)(h->task & 0xff), h->argument);
        __asm__ volatile("dsb sy" ::: "memory");
        h->done = h->task;
    }
}

void helper_begin(unsigned cpu, enum task task, uint32_t argument)
{
    struct helper *h = &helpers[cpu];

    h->argument = argument;
    __asm__ volatile("dsb sy" ::: "memory");
    h->task = ((h->task & ~0xffu) + 0x100) | (uint32_t)task;
    gic_send_sgi(SGI_GO, 1u << cpu);
}

uint32_t helper_finish(unsigned cpu)
{
    uint64_t end = ticks() + ms_to_ticks(10000);

    while (helpers[cpu].done != helpers[cpu].task) {
        if (ticks() > end) {
            tap_bail_out("a CPU does not answer");
        }
        relax();
    }
    return helpers[cpu].result;
}

uint32_t helper_tell(unsigned cpu, enum task task, uint32_t argument)
{
    helper_begin(cpu, task, argument);
    return helper_finish(cpu);
}

void helper_stay_awake(unsigned cpu)
{
    released = 0;
    helper_begin(cpu, STAY, 0);
    spin_ms(2);
}

void helper_release(unsigned cpu)
{
    released = 1;
    helper_finish(cpu);
}

volatile uint32_t *helper_result(unsigned cpu)
{
    return &helpers[cpu].result;
}

int64_t helpers_start(void)
{
    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        int64_t result = psci_cpu_on(cpu);

        if (result) {
            return result;
        }
        if (!wait_until(&helpers[cpu].up, 1, 10000)) {
            tap_bail_out("a CPU does not start");
        }
    }
    return 0;
}
