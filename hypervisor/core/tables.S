/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Which function answers which call and which register. A function is named by its distance
 * from its place here, 16 bits (tables.h).
 */
#include "tables.h"

/* Function and CALL_* */
.macro call handler, flags=0
    .ifc \handler, none
    .hword 0
    .else
    .hword \handler - . + \flags
    .endif
.endm

    .section .rodata.tables, "a"
    .balign 2

/* PB_CALL(n), n from OWN_FIRST; hypercall.c. */
    .global own_calls
own_calls:
    call vm_start
    call call_stop
    call vm_scrub
    call vm_pause
    call vm_resume
    call call_front
    call call_virq
    call call_vio_raise
    call call_io_done
    call call_doorbell, CALL_ANYBODY
    call call_stats, CALL_NO_VM
    call call_trace, CALL_NO_VM

/* PSCI, by number; psci.c. */
    .global psci_calls
psci_calls:
    call psci_version
    call psci_cpu_suspend, CALL_WIDE
    call psci_cpu_off
    call psci_cpu_on, CALL_WIDE
    call psci_affinity_info, CALL_WIDE
    call none
    call psci_migrate_info_type
    call none
    call psci_system_off
    call psci_system_reset
    call psci_features
    call none
    call none
    call none
    call psci_system_suspend, CALL_WIDE
    call none
    call none
    call none
    call psci_system_reset2, CALL_WIDE
/* Behind it: Realm Services Interface, from RSI_FIRST; rsi.c. No extensible measurements, no
 * attestation. */
    call rsi_version, CALL_WIDE
    call rsi_features, CALL_WIDE
    call rsi_measurement_read, CALL_WIDE
    call none
    call none
    call none
    call rsi_realm_config, CALL_WIDE
    call rsi_ipa_state_set, CALL_WIDE
    call rsi_ipa_state_get, CALL_WIDE
    call rsi_host_call, CALL_WIDE

/* Registers, those bits of them that count, and who answers; sysreg.c. The first that fits counts. */
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
    rule ALL, SYSREG(3, 0, 1, 0, 1), sysreg_zero                        /* ACTLR_EL1 */
    rule ALL, SYSREG(2, 0, 0, 2, 2), sysreg_mdscr                       /* MDSCR_EL1 */
    rule ALL, SYSREG(2, 0, 1, 1, 4), sysreg_oslsr                       /* OSLSR_EL1 */
    rule SYSREG(3, 0, 0, 0, 0), SYSREG(2, 0, 0, 0, 0), sysreg_zero      /* debug */
    /* Performance monitors; op1 is 3 or 0, in AArch32 always 0: PMCR_EL0 .., PMINTENSET_EL1 */
    rule SYSREG(3, 4, 15, 12, 0), SYSREG(3, 0, 9, 12, 0), sysreg_zero
    rule SYSREG(3, 4, 15, 8, 0), SYSREG(3, 0, 14, 8, 0), sysreg_zero    /* PMEVCNTR_EL0, PMEVTYPER_EL0 */
    .global sysreg_rules_end
sysreg_rules_end:
