/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Registers, those bits of them that count, and who answers; sysreg.c. The first that fits counts. */
#include "trap/sysreg_rules.h"

    .section .rodata.sysreg_rules, "a"
    .balign 2

.macro rule mask, reg, handler
    .hword \mask, \reg, \handler - .
.endm

#define ALL SYSREG(3, 7, 15, 15, 7)

    .global sysreg_rules
sysreg_rules:
    rule ALL, SYSREG(3, 0, 12, 11, 5), sysreg_sgi                       /* ICC_SGI1R_EL1 */
    rule SYSREG(3, 7, 15, 8, 0), SYSREG(3, 0, 0, 0, 0), sysreg_id       /* ID registers, CRm 1..7 */
    rule ALL, SYSREG(3, 0, 12, 11, 7), sysreg_sgi                       /* ICC_SGI0R_EL1 */
    rule ALL, SYSREG(3, 0, 12, 11, 6), sysreg_zero                      /* ICC_ASGI1R_EL1: no other security state */
    rule ALL, SYSREG(3, 0, 12, 11, 1), sysreg_dir                       /* ICC_DIR_EL1 */
    rule ALL, SYSREG(3, 0, 12, 12, 5), sysreg_sre                       /* ICC_SRE_EL1 */
    rule ALL, SYSREG(3, 0, 4, 6, 0), sysreg_pmr                         /* ICC_PMR_EL1 */
    rule ALL, SYSREG(3, 0, 12, 11, 3), sysreg_rpr                       /* ICC_RPR_EL1 */
    rule ALL, SYSREG(3, 0, 12, 12, 4), sysreg_ctlr                      /* ICC_CTLR_EL1 */
    rule ALL, SYSREG(3, 0, 1, 0, 1), sysreg_zero                        /* ACTLR_EL1 */
    rule ALL, SYSREG(2, 0, 0, 2, 2), sysreg_mdscr                       /* MDSCR_EL1 */
    rule ALL, SYSREG(2, 0, 0, 1, 0), sysreg_mdscr                       /* AArch32's DBGDSCRint */
    rule ALL, SYSREG(2, 0, 0, 0, 0), sysreg_didr                        /* and DBGDIDR */
    rule SYSREG(3, 7, 15, 0, 4), SYSREG(2, 0, 0, 0, 4), sysreg_debug    /* breakpoints, watchpoints */
    rule ALL, SYSREG(2, 0, 1, 1, 4), sysreg_oslsr                       /* OSLSR_EL1 */
    rule SYSREG(3, 0, 0, 0, 0), SYSREG(2, 0, 0, 0, 0), sysreg_zero      /* debug */
    /* Performance monitors; op1 is 3 or 0, in AArch32 always 0: PMCR_EL0 .., PMINTENSET_EL1 */
    rule SYSREG(3, 4, 15, 12, 0), SYSREG(3, 0, 9, 12, 0), sysreg_zero
    rule SYSREG(3, 4, 15, 8, 0), SYSREG(3, 0, 14, 8, 0), sysreg_zero    /* PMEVCNTR_EL0, PMEVTYPER_EL0 */
    .global sysreg_rules_end
sysreg_rules_end:
