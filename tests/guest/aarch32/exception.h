/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Exceptions to an AArch32 EL1, as lib/exception.h is for AArch64. */
#ifndef GUEST_AARCH32_EXCEPTION_H
#define GUEST_AARCH32_EXCEPTION_H

#include <stdint.h>

#define VECTOR_UNDEFINED      0x04
#define VECTOR_PREFETCH_ABORT 0x0c
#define VECTOR_DATA_ABORT     0x10
#define VECTOR_IRQ            0x18

#define CPSR_T    (1u << 5)
#define CPSR_F    (1u << 6)
#define CPSR_I    (1u << 7)
#define CPSR_A    (1u << 8)
#define CPSR_MODE 0x1fu
#define MODE_IRQ  0x12u
#define MODE_SVC  0x13u
#define MODE_ABT  0x17u
#define MODE_UND  0x1bu

#define DFSR_WNR (1u << 11)

struct trap {
    uint32_t count; /* 0: none came */
    uint32_t vector;
    uint32_t lr;   /* as the CPU set it */
    uint32_t spsr; /* CPSR before */
    uint32_t cpsr; /* after */
    uint32_t dfsr, dfar, ifsr, ifar;
};

/*
 * From now on exceptions of this CPU are recorded and the instruction, of 32 bits, is skipped (a
 * fetch returns to its caller), until exception_taken() reads the last one.
 */
void exception_expect(void);
struct trap exception_taken(void);

/* Called with each acknowledged INTID while IRQs are enabled. */
typedef void (*irq_handler)(uint32_t intid);
void exception_on_irq(irq_handler handler);

#endif
