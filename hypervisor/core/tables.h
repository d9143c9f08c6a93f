/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * tables.S: which function answers what. The compiler's own tables of functions would take four
 * times the space.
 */
#ifndef CORE_TABLES_H
#define CORE_TABLES_H

/* A system register in 16 bits, in the order in which ESR_EL2.ISS has its parts. */
#define SYSREG(op0, op1, crn, crm, op2) \
    ((op0) << 14 | (op2) << 11 | (op1) << 8 | (crn) << 4 | (crm))

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
#include "core.h"

extern const int16_t own_calls[OWN_COUNT];
extern const int16_t psci_calls[PSCI_COUNT + RSI_COUNT]; /* 0: no such call */

struct sysreg_rule {
    uint16_t mask;
    uint16_t reg;
    int16_t handler;
};

extern const struct sysreg_rule sysreg_rules[], sysreg_rules_end[];

/* The address of what an entry names, and CALL_* in its lowest two bits. */
static inline uint64_t table_target(const int16_t *entry)
{
    return (uint64_t)entry + (uint64_t)*entry;
}

static inline const void *table_function(const int16_t *entry)
{
    return (const void *)(table_target(entry) & ~3ull);
}

/*
 * A call: x are the caller's x1, x2, ...; v is the caller. vm is the VM that x1 names, or the
 * caller's; it is locked.
 */
typedef int64_t call_fn(struct vm *vm, const uint64_t *x, struct vcpu *v);

/* Make the call that an entry of a table names; vm is not locked yet. */
int64_t call_locked(const int16_t *entry, struct vm *vm, const uint64_t *x, struct vcpu *v);

call_fn vm_start, call_stop, call_front, call_virq, call_vio_raise, call_io_done, call_doorbell,
    call_stats, call_trace;
call_fn psci_version, psci_cpu_suspend, psci_cpu_off, psci_cpu_on, psci_affinity_info,
    psci_migrate_info_type, psci_system_off, psci_system_reset, psci_features, psci_system_reset2,
    psci_system_suspend;
/* Results besides the status: in v->x[1], ... */
call_fn rsi_version, rsi_features, rsi_measurement_read, rsi_realm_config, rsi_ipa_state_set,
    rsi_ipa_state_get, rsi_host_call;
int64_t vm_scrub(struct vm *vm);
int64_t vm_pause(struct vm *vm);
int64_t vm_resume(struct vm *vm);

/* A trapped MRS or MSR of register reg, a SYSREG(); *x is the value written, or takes the value
 * read. */
typedef void access_fn(struct vcpu *v, uint64_t *x, unsigned reg, bool read);

access_fn sysreg_sgi, sysreg_dir, sysreg_id, sysreg_zero, sysreg_mdscr, sysreg_oslsr;

#endif /* __ASSEMBLER__ */

#endif
