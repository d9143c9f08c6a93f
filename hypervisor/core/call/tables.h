/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Which function answers which call: tables.S. */
#ifndef CALL_TABLES_H
#define CALL_TABLES_H

#define OWN_FIRST  2 /* PB_CALL(n) that the first entry of own_calls is about */
#define OWN_COUNT  12
#define PSCI_COUNT 19
#define RSI_COUNT  10

/* In an entry of psci_calls: has a 64-bit form */
#define CALL_WIDE 1
/* In an entry of own_calls: who is not privileged may call it, x1 is not a VM. */
#define CALL_ANYBODY 1
#define CALL_NO_VM   2

#ifndef __ASSEMBLER__
#include "vm/vm.h"

extern const int16_t own_calls[OWN_COUNT];
extern const int16_t psci_calls[PSCI_COUNT + RSI_COUNT]; /* 0: no such call */

/*
 * A call: x are the caller's x1, x2, ...; v is the caller. vm is the VM that x1 names, or the
 * caller's; it is locked.
 */
typedef int64_t call_fn(struct vm *vm, const uint64_t *x, struct vcpu *v);

/* manage.c */
call_fn call_start, call_stop, call_scrub, call_pause, call_resume, call_front, call_virq,
    call_vio_raise, call_io_done, call_doorbell, call_stats, call_trace;
/* psci.c, suspend.c, hypercall.c */
call_fn psci_version, psci_cpu_suspend, psci_cpu_off, psci_cpu_on, psci_affinity_info,
    psci_migrate_info_type, psci_system_off, psci_system_reset, psci_features, psci_system_reset2,
    psci_system_suspend;
/* rsi.c */
call_fn rsi_version, rsi_features, rsi_measurement_read, rsi_realm_config, rsi_ipa_state_set,
    rsi_ipa_state_get, rsi_host_call;

#endif /* __ASSEMBLER__ */

#endif
