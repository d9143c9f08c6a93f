/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The persona platform as a test guest sees it (docs/design/contracts.md, section 4). Memory is not
 * translated: all of it is Device memory.
 */
#ifndef GUEST_PLATFORM_H
#define GUEST_PLATFORM_H

#include <stdbool.h>
#include <stdint.h>

#ifdef BOARD_ONE /* in the switchboard's place: devices where board one has them */
#define GICD_BASE 0x10000000ull
#define GICR_BASE 0x10080000ull
#define UART_BASE 0x12010000ull
#else
#define GICD_BASE 0x08000000ull
#define GICR_BASE 0x080a0000ull
#ifndef UART_BASE
#define UART_BASE 0x09000000ull
#endif
#endif
#define RTC_BASE 0x09010000ull
#define VIO_BASE 0x0a000000ull
#define RAM_BASE 0x40000000ull
#define NOTHING  0x0f000000ull /* no device there, on `virt` neither */

#define INTID_VIRTUAL_TIMER  27
#define INTID_PHYSICAL_TIMER 30
#define INTID_UART           33

#define MAX_CPUS 8

/* Barriers, registers, interrupts of the CPU that it is compiled for. */
#ifdef __aarch64__
#include "cpu64.h"
#else
#include "cpu32.h"
#endif

static inline uint64_t ms_to_ticks(uint64_t ms)
{
    return ticks_per_second() / 1000 * ms;
}

/* To be said in a loop that waits for another CPU: an emulator may run them by turns. */
static inline void relax(void)
{
    __asm__ volatile("yield" ::: "memory");
}

/* Passes the time awake. */
static inline void spin_ms(uint64_t ms)
{
    uint64_t end = ticks() + ms_to_ticks(ms);

    while (ticks() < end) {
        relax();
    }
}

/* TRUE as soon as *flag is at least `value`; false after `ms`. */
static inline bool wait_until(const volatile uint32_t *flag, uint32_t value, uint64_t ms)
{
    uint64_t end = ticks() + ms_to_ticks(ms);

    while (*flag < value) {
        if (ticks() > end) {
            return false;
        }
        relax();
    }
    return true;
}

#endif
