/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The other CPUs, which do what CPU 0 tells them, with interrupts masked, so that each step is
 * known. Between tasks they sleep, and nothing but SGI_GO wakes them.
 */
#ifndef GUEST_HELPER_H
#define GUEST_HELPER_H

#include <stdint.h>

#define CPUS   4
#define SGI_A  3
#define SGI_B  9
#define SGI_GO 15 /* wakes a helper; priority 0, comes before all others */

enum task {
    TAKE = 1, /* acknowledge an interrupt, argument: wait up to so many ms; result: INTID */
    END,      /* end of interrupt, argument: INTID */
    STAY,     /* stay awake until helper_release */
    COUNT,    /* take and end SGI_A, sleeping between, until SGI_B; result: number, as it grows */
};

/* All CPUs but this one start; 0 or PSCI's error. CPU 0 itself must be set up. */
int64_t helpers_start(void);

/* Begin a task; its end and result; both. A helper that does not answer ends the test. */
void helper_begin(unsigned cpu, enum task task, uint32_t argument);
uint32_t helper_finish(unsigned cpu);
uint32_t helper_tell(unsigned cpu, enum task task, uint32_t argument);

/* What a task says while it goes on. */
volatile uint32_t *helper_result(unsigned cpu);

/* So that what is pending for it is in its list registers. */
void helper_stay_awake(unsigned cpu);
void helper_release(unsigned cpu);

#endif
