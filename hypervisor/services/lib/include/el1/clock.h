/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Time: the virtual counter and its timer. Arm ARM, D11. */
#ifndef EL1_CLOCK_H
#define EL1_CLOCK_H

#include <stdint.h>

#define CLOCK_NEVER UINT64_MAX

/* Enables the timer's interrupt; irq_init() first. */
void clock_init(void);

/* Microseconds since the counter began. */
uint64_t clock_us(void);

/* The counter itself, for what should not be predictable. */
uint64_t clock_ticks(void);

/* The CPU wakes from cpu_wfi() at this time of clock_us() at the latest; CLOCK_NEVER: no alarm. */
void clock_alarm(uint64_t us);

#endif
