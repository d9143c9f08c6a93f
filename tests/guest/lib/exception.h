/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Exceptions to EL1. A test says that it expects one, does the deed and asks what came; an
 * exception that nobody expects ends the guest with its registers on the console.
 */
#ifndef GUEST_EXCEPTION_H
#define GUEST_EXCEPTION_H

#include <stdint.h>

/* ESR_EL1.EC, Arm DDI 0487, D24.2.40 */
#define EC_UNKNOWN           0x00
#define EC_ILLEGAL_STATE     0x0e
#define EC_INSTRUCTION_ABORT 0x21
#define EC_DATA_ABORT        0x25

#define FSC_EXTERNAL_ABORT 0x10 /* synchronous, not on a table walk */
#define ESR_WNR            (1u << 6)

#define VECTOR_SYNC 0x200 /* current EL with SP_ELx */
#define VECTOR_IRQ  0x280

struct trap {
    uint32_t count; /* 0: none came */
    uint32_t vector;
    uint64_t esr;
    uint64_t far;
    uint64_t elr;
};

static inline uint32_t trap_class(const struct trap *trap)
{
    return trap->esr >> 26 & 0x3f;
}

static inline uint32_t trap_fault(const struct trap *trap)
{
    return trap->esr & 0x3f;
}

/*
 * From now on synchronous exceptions of this CPU are recorded and the instruction skipped (a
 * fetch returns to its caller), until exception_taken() reads the last one.
 */
void exception_expect(void);
struct trap exception_taken(void);

/* A load or store that is expected to abort. */
struct trap try_read32(uint64_t address);
struct trap try_write32(uint64_t address, uint32_t value);
struct trap try_call(uint64_t address);

/* Called with each acknowledged INTID while IRQs are enabled; end of interrupt is done after it. */
typedef void (*irq_handler)(uint32_t intid);
void exception_on_irq(irq_handler handler);

#endif
