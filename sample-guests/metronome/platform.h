/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the metronome uses of the persona platform: virtual timer, GICv3, PL011. */
#ifndef METRONOME_PLATFORM_H
#define METRONOME_PLATFORM_H

#include <stdbool.h>
#include <stdint.h>

/* GIC with only the virtual timer's interrupt enabled; PL011 on. Once, before all others. */
void platform_init(void);

/* CNTFRQ_EL0, in Hz. */
uint64_t clock_frequency(void);

/* CNTVCT_EL0: it stands still while the VM is paused. */
uint64_t clock_now(void);

/* Returns as soon as this CPU runs again after `deadline`: the counter as read first thing. */
uint64_t clock_wait(uint64_t deadline);

/* A received byte, or -1. */
int console_get(void);

/* False: the transmit queue is full. */
bool console_put(char c);

#endif
