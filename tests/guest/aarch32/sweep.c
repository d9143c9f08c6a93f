/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "sweep.h"
#include "../lib/platform.h"
#include "exception.h"

/* Rt 0 and Rt2 1 for all */
#define MRC(cp, op1, crn, crm, op2) \
    (0xee100010u | (op1) << 21 | (crn) << 16 | (cp) << 8 | (op2) << 5 | (crm))
#define MRRC(cp, op1, crm) (0xec510000u | (cp) << 8 | (op1) << 4 | (crm))
#define BX_LR              0xe12fff1eu

static uint32_t code[2];

static void try(struct sweep *sweep, uint32_t instruction)
{
    struct trap trap;

    write32((uint32_t)&code[0], instruction);
    write32((uint32_t)&code[1], BX_LR);
    __asm__ volatile("dsb sy" ::: "memory");
    write_cp15(c7, 0, c5, 0, 0); /* ICIALLU */
    exception_expect();
    __asm__ volatile("blx %0" ::"r"(code) : "r0", "r1", "lr", "memory");
    trap = exception_taken();
    if (!trap.count) {
        sweep->read++;
    } else if (trap.vector == VECTOR_UNDEFINED && trap.count == 1) {
        sweep->undefined++;
    } else {
        sweep->other++;
    }
}

struct sweep sweep_mrc(unsigned coprocessor)
{
    struct sweep sweep = {0};

    for (uint32_t op1 = 0; op1 < 8; op1++) {
        for (uint32_t crn = 0; crn < 16; crn++) {
            for (uint32_t crm = 0; crm < 16; crm++) {
                for (uint32_t op2 = 0; op2 < 8; op2++) {
                    try(&sweep, MRC(coprocessor, op1, crn, crm, op2));
                }
            }
        }
    }
    return sweep;
}

struct sweep sweep_mrrc(void)
{
    struct sweep sweep = {0};

    for (uint32_t op1 = 0; op1 < 16; op1++) {
        for (uint32_t crm = 0; crm < 16; crm++) {
            try(&sweep, MRRC(15, op1, crm));
        }
    }
    return sweep;
}
