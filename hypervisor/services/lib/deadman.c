/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "el1/deadman.h"

#include "el1/clock.h"
#include "el1/cpu.h"
#include "el1/irq.h"

#define SECOND_US 1000000u
#define MISSES    6u /* seconds that a turn may take */

static struct {
    unsigned misses; /* seconds of this turn */
    uint64_t due_us; /* clock_us(); 0: the timer is off */
} deadman;

#pragma GCC push_options
#pragma GCC target("general-regs-only")

static void second_from_now(void)
{
    CPU_WRITE(cntp_tval_el0, CPU_READ(cntfrq_el0));
    CPU_WRITE(cntp_ctl_el0, 1);
    cpu_isb();
}

static void off(void)
{
    CPU_WRITE(cntp_ctl_el0, 0);
    cpu_isb();
}

bool deadman_interrupt(void)
{
    const unsigned intid = (unsigned)CPU_READ(S3_0_C12_C12_0) & 0xffffff; /* ICC_IAR1_EL1 */

    if (intid != IRQ_TIMER) {
        return false; /* it has gone */
    }
    deadman.misses++;
    if (deadman.misses < MISSES) {
        second_from_now();
    } else {
        off();
    }
    CPU_WRITE(S3_0_C12_C12_1, intid); /* ICC_EOIR1_EL1 */
    cpu_isb();
    return deadman.misses >= MISSES;
}

#pragma GCC pop_options

void deadman_start(void)
{
    off();
    irq_enable_urgent(IRQ_TIMER);
    deadman_alive();
}

/* The timer is set twice a second at most, since that costs more than to look at the clock. */
void deadman_alive(void)
{
    const uint64_t now = clock_us();

    if (deadman.misses || deadman.due_us < now + SECOND_US / 2) {
        deadman.misses = 0;
        deadman.due_us = now + SECOND_US;
        second_from_now();
    }
}

/* While it waits no turn can take too long, and nothing else is to wake the CPU. */
void deadman_rest(uint64_t until_us)
{
    if (until_us > deadman.due_us) {
        deadman.due_us = 0;
        off();
    }
}
