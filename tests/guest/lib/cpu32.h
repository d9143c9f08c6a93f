/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The few instructions that C has no words for, in AArch32 (A32, Armv7 with LPAE). */
#ifndef GUEST_CPU32_H
#define GUEST_CPU32_H

#include <stdint.h>

/* A CP15 register as the manual writes it: CRn, op1, CRm, op2 */
#define read_cp15(crn, op1, crm, op2)                                       \
    ({                                                                      \
        uint32_t value_;                                                    \
        __asm__ volatile("mrc p15, " #op1 ", %0, " #crn ", " #crm ", " #op2 \
                         : "=r"(value_)::"memory");                         \
        value_;                                                             \
    })
#define write_cp15(crn, op1, crm, op2, value)                           \
    __asm__ volatile("mcr p15, " #op1 ", %0, " #crn ", " #crm ", " #op2 \
                     "\n\tisb" ::"r"((uint32_t)(value))                 \
                     : "memory")

/* The same for 64-bit registers: op1, CRm */
#define read_cp15_64(op1, crm)                                                            \
    ({                                                                                    \
        uint64_t value_;                                                                  \
        __asm__ volatile("mrrc p15, " #op1 ", %Q0, %R0, " #crm : "=r"(value_)::"memory"); \
        value_;                                                                           \
    })
#define write_cp15_64(op1, crm, value)                                                        \
    __asm__ volatile("mcrr p15, " #op1 ", %Q0, %R0, " #crm "\n\tisb" ::"r"((uint64_t)(value)) \
                     : "memory")

static inline void write8(uint64_t address, uint8_t value)
{
    __asm__ volatile("strb %0, [%1]" ::"r"(value), "r"((uint32_t)address) : "memory");
}

static inline uint32_t read32(uint64_t address)
{
    uint32_t value;

    __asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"((uint32_t)address) : "memory");
    return value;
}

static inline void write32(uint64_t address, uint32_t value)
{
    __asm__ volatile("str %0, [%1]" ::"r"(value), "r"((uint32_t)address) : "memory");
}

static inline void irq_enable(void)
{
    __asm__ volatile("cpsie i" ::: "memory");
}

static inline void irq_disable(void)
{
    __asm__ volatile("cpsid i" ::: "memory");
}

static inline void wait_for_interrupt(void)
{
    __asm__ volatile("dsb sy\n\twfi" ::: "memory");
}

static inline unsigned cpu_number(void)
{
    return read_cp15(c0, 0, c0, 5) & 0xff; /* MPIDR */
}

static inline uint64_t ticks(void)
{
    __asm__ volatile("isb" ::: "memory");
    return read_cp15_64(1, c14); /* CNTVCT */
}

static inline uint32_t ticks_per_second(void)
{
    return read_cp15(c14, 0, c0, 0); /* CNTFRQ */
}

/* The GIC's CPU interface (Arm IHI 0069) */
static inline void icc_enable(uint8_t mask)
{
    write_cp15(c12, 0, c12, 5, 7);  /* ICC_SRE */
    write_cp15(c4, 0, c6, 0, mask); /* ICC_PMR */
    write_cp15(c12, 0, c12, 4, 0);  /* ICC_CTLR */
    write_cp15(c12, 0, c12, 7, 1);  /* ICC_IGRPEN1 */
}

static inline uint32_t icc_iar1(void)
{
    return read_cp15(c12, 0, c12, 0);
}

static inline void icc_eoir1(uint32_t intid)
{
    write_cp15(c12, 0, c12, 1, intid);
}

static inline void icc_sgi1r(uint64_t value)
{
    write_cp15_64(0, c12, value);
}

#endif
