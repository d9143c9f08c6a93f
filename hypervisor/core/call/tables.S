/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Which function answers which call: cpu/table.h. */
#include "call/tables.h"

/* Function and CALL_* */
.macro call handler, flags=0
    .ifc \handler, none
    .hword 0
    .else
    .hword \handler - . + \flags
    .endif
.endm

    .section .rodata.calls, "a"
    .balign 2

/* PB_CALL(n), n from OWN_FIRST; manage.c. */
    .global own_calls
own_calls:
    call call_start
    call call_stop
    call call_scrub
    call call_pause
    call call_resume
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
