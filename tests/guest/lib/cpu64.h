/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The few instructions that C has no words for, in AArch64. */
#ifndef GUEST_CPU64_H
#define GUEST_CPU64_H

#include <stdint.h>

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

static inline void write8(uint64_t address, uint8_t value)
{
    __asm__ volatile("strb %w0, [%1]" ::"r"(value), "r"(address) : "memory");
}

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

static inline uint64_t ticks_per_second(void)
{
    return read_sysreg(cntfrq_el0);
}

/* The GIC's CPU interface (Arm IHI 0069) */
static inline void icc_enable(uint8_t mask)
{
    write_sysreg(S3_0_C12_C12_5, 7);  /* ICC_SRE_EL1 */
    write_sysreg(S3_0_C4_C6_0, mask); /* ICC_PMR_EL1 */
    write_sysreg(S3_0_C12_C12_4, 0);  /* ICC_CTLR_EL1 */
    write_sysreg(S3_0_C12_C12_7, 1);  /* ICC_IGRPEN1_EL1 */
}

static inline uint32_t icc_iar1(void)
{
    return (uint32_t)read_sysreg(S3_0_C12_C12_0);
}

static inline void icc_eoir1(uint32_t intid)
{
    write_sysreg(S3_0_C12_C12_1, intid);
}

static inline void icc_sgi1r(uint64_t value)
{
    write_sysreg(S3_0_C12_C11_5, value);
}

#endif
