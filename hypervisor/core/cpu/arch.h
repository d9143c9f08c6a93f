/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * AArch64 as EL2 uses it: system register access, barriers, and the register
 * fields the code names. Names are those of the Arm ARM (DDI 0487).
 */
#ifndef CPU_ARCH_H
#define CPU_ARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define sysreg_read(reg)                                  \
    ({                                                    \
        uint64_t value_;                                  \
        __asm__ volatile("mrs %0, " #reg : "=r"(value_)); \
        value_;                                           \
    })
#define sysreg_write(reg, value) \
    __asm__ volatile("msr " #reg ", %x0" : : "rZ"((uint64_t)(value)) : "memory")

#define isb()   __asm__ volatile("isb" : : : "memory")
#define dsb(sc) __asm__ volatile("dsb " #sc : : : "memory")
#define wfi()   __asm__ volatile("wfi" : : : "memory")

#define BIT(n) (1ull << (n))

#define HCR_FMO BIT(3)
#define HCR_IMO BIT(4)
#define HCR_AMO BIT(5)
#define HCR_VSE BIT(8)
#define HCR_TWI BIT(13)
#define HCR_RW  BIT(31)

#define CPTR_RES1 0x33ffull
#define CPTR_TFP  BIT(10)
#define CPTR_TTA  BIT(20)
#define CPTR_TAM  BIT(30)

#define MDCR_TPMCR BIT(5)
#define MDCR_TPM   BIT(6)
#define MDCR_TDA   BIT(9)
#define MDCR_TDOSA BIT(10)
#define MDCR_TDRA  BIT(11)
#define MDCR_TPMS  BIT(14)
#define MDCR_TTRF  BIT(19)
#define MDCR_HPMN  0x1full

#define CNTHCTL_EL1PCTEN BIT(0)
#define CNTHCTL_EL1PCEN  BIT(1)

/* CNT*_CTL */
#define TIMER_ENABLE  BIT(0)
#define TIMER_IMASK   BIT(1)
#define TIMER_ISTATUS BIT(2)

/* ESR_ELx */
#define ESR_EC(esr)  ((unsigned)((esr) >> 26) & 0x3f)
#define ESR_IL       BIT(25)
#define ESR_ISS(esr) ((uint32_t)(esr)&0x1ffffff)

#define EC_UNKNOWN  0x00
#define EC_WFX      0x01
#define EC_CP15_32  0x03
#define EC_CP15_64  0x04
#define EC_CP14_32  0x05
#define EC_FP       0x07
#define EC_CP10     0x08
#define EC_HVC32    0x12
#define EC_SMC32    0x13
#define EC_HVC64    0x16
#define EC_SMC64    0x17
#define EC_SYSREG   0x18
#define EC_IABT_LOW 0x20
#define EC_DABT_LOW 0x24

/* ISS of a data abort */
#define DABT_ISV    BIT(24)
#define DABT_SAS(i) (((i) >> 22) & 3)
#define DABT_SSE    BIT(21)
#define DABT_SRT(i) (((i) >> 16) & 31)
#define DABT_SF     BIT(15)
#define DABT_CM     BIT(8)
#define DABT_S1PTW  BIT(7)
#define DABT_WNR    BIT(6)
#define FSC_TYPE(i) ((i)&0x3c)
#define FSC_TRANS   0x04
#define FSC_PERM    0x0c
#define FSC_SEA     0x10

/* SCTLR_EL1 */
#define SCTLR_E0E BIT(24)
#define SCTLR_EE  BIT(25)

/* SPSR_EL2 */
#define SPSR_SS   BIT(21)
#define SPSR_E    BIT(9) /* AArch32: big endian */
#define SPSR_A32  BIT(4)
#define SPSR_EL   (3ull << 2)
#define SPSR_AIF  0x1c0ull /* interrupts masked */
#define SPSR_EL1H 0x3c5ull /* EL1h, D A I F masked */

#define PAR_F BIT(0)

/* MDSCR_EL1: what a guest may set. MDE: its breakpoints and watchpoints count. */
#define MDSCR_MDE   BIT(15)
#define MDSCR_GUEST (MDSCR_MDE | BIT(13) | BIT(12) | BIT(0)) /* and KDE, TDCC, SS */

/* This CPU has Reliability, Availability, Serviceability; the Scalable Matrix Extension. */
#define HAS_RAS (sysreg_read(id_aa64pfr0_el1) >> 28 & 15)
#define HAS_SME (sysreg_read(id_aa64pfr1_el1) >> 24 & 15)

#endif
