/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vectors.h"
#include "../lib/platform.h"

#define SECTIONS      4096u
#define SECTION_RW    0xc02u /* strongly ordered, executable, domain 0 */
#define HIGH_SECTION  0xfffu
#define PLACE         (RAM_BASE + 0xf00000) /* the section at 0xfff00000 */
#define VECTORS       8u
#define LDR_PC_32     0xe59ff018u /* ldr pc, [pc, #0x18]: what is 32 bytes further */
#define DOMAIN_CLIENT 1u
#define SCTLR_M       (1u << 0)
#define SCTLR_V       (1u << 13)

extern uint32_t vectors[VECTORS]; /* start.S */

static uint32_t table[SECTIONS] __attribute__((aligned(16384)));

static void translate(void)
{
    for (uint32_t i = 0; i < SECTIONS; i++) {
        table[i] = i << 20 | SECTION_RW;
    }
    table[HIGH_SECTION] = (uint32_t)PLACE | SECTION_RW;
    write_cp15(c2, 0, c0, 0, (uint32_t)table); /* TTBR0 */
    write_cp15(c3, 0, c0, 0, DOMAIN_CLIENT);   /* DACR */
    write_cp15(c8, 0, c7, 0, 0);               /* TLBIALL */
}

void vectors_high(void)
{
    for (uint32_t i = 0; i < VECTORS; i++) {
        write32(PLACE + 0xf0000 + 4 * i, LDR_PC_32);
        write32(PLACE + 0xf0020 + 4 * i, (uint32_t)&vectors[i]);
    }
    translate();
    write_cp15(c12, 0, c0, 0, (uint32_t)NOTHING); /* VBAR */
    write_cp15(c1, 0, c0, 0, read_cp15(c1, 0, c0, 0) | SCTLR_M | SCTLR_V);
}

void vectors_low(void)
{
    write_cp15(c1, 0, c0, 0, read_cp15(c1, 0, c0, 0) & ~(SCTLR_M | SCTLR_V));
    write_cp15(c8, 0, c7, 0, 0);
    write_cp15(c12, 0, c0, 0, (uint32_t)vectors);
}
