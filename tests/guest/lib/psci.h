/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Power State Coordination Interface, Arm DEN0022, and SMC Calling Convention, DEN0028. */
#ifndef GUEST_PSCI_H
#define GUEST_PSCI_H

#include <stdbool.h>
#include <stdint.h>

#define PSCI_VERSION           0x84000000u
#define PSCI_CPU_OFF           0x84000002u
#define PSCI_CPU_ON            0xc4000003u
#define PSCI_AFFINITY_INFO     0xc4000004u
#define PSCI_MIGRATE_INFO_TYPE 0x84000006u
#define PSCI_SYSTEM_OFF        0x84000008u
#define PSCI_FEATURES          0x8400000au
#define PSCI_SYSTEM_SUSPEND    0xc400000eu
#define PSCI_SYSTEM_SUSPEND_32 0x8400000eu
#define SMCCC_VERSION          0x80000000u

#define PSCI_NOT_SUPPORTED      (-1)
#define PSCI_INVALID_PARAMETERS (-2)
#define PSCI_DENIED             (-3)
#define PSCI_ALREADY_ON         (-4)

#define PSCI_STATE_ON  0
#define PSCI_STATE_OFF 1

/* By HVC #0; the result is sign extended from 32 bits, as PSCI's are. */
int64_t psci_call(uint64_t function, uint64_t a, uint64_t b, uint64_t c);

/* The same by SMC #0. */
int64_t psci_call_smc(uint64_t function, uint64_t a, uint64_t b, uint64_t c);

/* Starts CPU `cpu` at secondary_main(cpu), in the test's program. PSCI's result. */
int64_t psci_cpu_on(unsigned cpu);
void psci_cpu_off(void);

/* CPU 0 sleeps until an interrupt is due: `context` when it has started again; or PSCI's error. */
int64_t psci_system_suspend(uint64_t context);

/* TRUE if our hypervisor is below: it answers PB_CALL_VERSION. Other hosts say "not supported". */
bool under_phonebooth(void);

/* Runs on every CPU that psci_cpu_on() started; the CPU goes off when it returns. */
void secondary_main(unsigned cpu);

#endif
