/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The virtual counter and its timer. Arm ARM, D11. */
#include <stddef.h>

#include "el1/clock.h"
#include "el1/cpu.h"
#include "el1/irq.h"

#define SECOND 1000000u

uint64_t clock_ticks(void)
{
    cpu_isb();
    return CPU_READ(cntvct_el0);
}

uint64_t clock_us(void)
{
    const uint64_t hz = CPU_READ(cntfrq_el0);
    const uint64_t ticks = clock_ticks();

    return ticks / hz * SECOND + ticks % hz * SECOND / hz;
}

static uint64_t alarm_us = CLOCK_NEVER;

/* The alarm has done its work by waking the CPU. */
static void off(void *owner)
{
    (void)owner;
    alarm_us = CLOCK_NEVER;
    CPU_WRITE(cntv_ctl_el0, 0);
    cpu_isb();
}

void clock_init(void)
{
    off(NULL);
    irq_enable(IRQ_VIRTUAL_TIMER, false, off, NULL);
}

void clock_alarm(uint64_t us)
{
    const uint64_t hz = CPU_READ(cntfrq_el0);

    if (us == alarm_us) {
        return;
    }
    if (us == CLOCK_NEVER) {
        off(NULL);
        return;
    }
    alarm_us = us;
    /* Rounded up, or the loop would wake a tick too early and ask again. */
    CPU_WRITE(cntv_cval_el0, us / SECOND * hz + (us % SECOND * hz + SECOND - 1) / SECOND);
    CPU_WRITE(cntv_ctl_el0, 1);
    cpu_isb();
}
