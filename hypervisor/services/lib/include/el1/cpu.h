/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The CPU of a service: system registers, barriers, device registers. EL1 only. */
#ifndef EL1_CPU_H
#define EL1_CPU_H

#include <stdint.h>

#define CPU_READ(reg)                                        \
    ({                                                       \
        uint64_t cpu_read_;                                  \
        __asm__ volatile("mrs %0, " #reg : "=r"(cpu_read_)); \
        cpu_read_;                                           \
    })
#define CPU_WRITE(reg, value) \
    __asm__ volatile("msr " #reg ", %0" : : "r"((uint64_t)(value)) : "memory")

/* Waits until an interrupt is pending; it stays masked. */
static inline void cpu_wfi(void)
{
    __asm__ volatile("dsb sy\n\twfi" : : : "memory");
}

/* PSTATE.I: irq.h says when. */
static inline void cpu_mask_irq(void)
{
    __asm__ volatile("msr daifset, #2" : : : "memory");
}

static inline void cpu_unmask_irq(void)
{
    __asm__ volatile("msr daifclr, #2" : : : "memory");
}

/* Everything written so far can be seen by devices before what is written next. */
static inline void cpu_dma_barrier(void)
{
    __asm__ volatile("dsb sy" : : : "memory");
}

/* Cleans these bytes to memory, for readers whose caches are off. */
static inline void cpu_clean(const void *data, uint64_t size)
{
    const uintptr_t line = 4u << (CPU_READ(ctr_el0) >> 16 & 15); /* CTR_EL0.DminLine */
    const uintptr_t end = (uintptr_t)data + size;

    for (uintptr_t at = (uintptr_t)data & ~(line - 1); at < end; at += line) {
        __asm__ volatile("dc cvac, %0" : : "r"(at) : "memory");
    }
    cpu_dma_barrier();
}

static inline void cpu_isb(void)
{
    __asm__ volatile("isb" : : : "memory");
}

/* Device registers. The accesses happen once, in order, with just this width. */
static inline uint32_t reg_read(uintptr_t address)
{
    return *(volatile uint32_t *)address;
}

static inline void reg_write(uintptr_t address, uint32_t value)
{
    *(volatile uint32_t *)address = value;
}

static inline uint16_t reg_read16(uintptr_t address)
{
    return *(volatile uint16_t *)address;
}

static inline void reg_write16(uintptr_t address, uint16_t value)
{
    *(volatile uint16_t *)address = value;
}

static inline uint8_t reg_read8(uintptr_t address)
{
    return *(volatile uint8_t *)address;
}

static inline void reg_write8(uintptr_t address, uint8_t value)
{
    *(volatile uint8_t *)address = value;
}

/* Halts this CPU. */
_Noreturn void el1_halt(void);

/* The service itself, called by start.S; fdt is the device tree that came in x0. */
void el1_main(const void *fdt);

#endif
