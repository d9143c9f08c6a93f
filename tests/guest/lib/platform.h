/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The persona platform as a test guest sees it (docs/design/contracts.md, section 4), and the
 * few instructions that C has no words for. Memory is not translated: all of it is Device memory.
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
#define UART_BASE 0x09000000ull
#endif
#define RTC_BASE 0x09010000ull
#define VIO_BASE 0x0a000000ull
#define RAM_BASE 0x40000000ull
#define NOTHING  0x0f000000ull /* no device there, on `virt` neither */

#define INTID_VIRTUAL_TIMER  27
#define INTID_PHYSICAL_TIMER 30
#define INTID_UART           33

#define MAX_CPUS 8

/* `name` may be a macro for a register that the assembler does not know. */
#define TEXT_(x) #x
#define TEXT(x)  TEXT_(x)
#define read_sysreg(name)                                                 \
    ({                                                                    \
        uint64_t value_;                                                  \
        __asm__ volatile("mrs %0, " TEXT(name) : "=r"(value_)::"memory"); \
        value_;                                                           \
    })
#define write_sysreg(name, value) \
    __asm__ volatile("msr " TEXT(name) ", %0\n\tisb" ::"r"((uint64_t)(value)) : "memory")

static inline uint32_t read32(uint64_t address)
{
    uint32_t value;

    __asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(address) : "memory");
    return value;
}

static inline void write32(uint64_t address, uint32_t value)
{
    __asm__ volatile("str %w0, [%1]" ::"r"(value), "r"(address) : "memory");
}

static inline uint64_t read64(uint64_t address)
{
    uint64_t value;

    __asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"(address) : "memory");
    return value;
}

static inline void write64(uint64_t address, uint64_t value)
{
    __asm__ volatile("str %0, [%1]" ::"r"(value), "r"(address) : "memory");
}

static inline void irq_enable(void)
{
    __asm__ volatile("msr daifclr, #2" ::: "memory");
}

static inline void irq_disable(void)
{
    __asm__ volatile("msr daifset, #2" ::: "memory");
}

static inline void wait_for_interrupt(void)
{
    __asm__ volatile("dsb sy\n\twfi" ::: "memory");
}

static inline unsigned cpu_number(void)
{
    return read_sysreg(mpidr_el1) & 0xff;
}

static inline uint64_t ticks(void)
{
    __asm__ volatile("isb" ::: "memory");
    return read_sysreg(cntvct_el0);
}

static inline uint64_t ms_to_ticks(uint64_t ms)
{
    return read_sysreg(cntfrq_el0) * ms / 1000;
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

    while (ticks() < end)
        relax();
}

/* TRUE as soon as *flag is at least `value`; false after `ms`. */
static inline bool wait_until(const volatile uint32_t *flag, uint32_t value, uint64_t ms)
{
    uint64_t end = ticks() + ms_to_ticks(ms);

    while (*flag < value) {
        if (ticks() > end)
            return false;
        relax();
    }
    return true;
}

#endif
