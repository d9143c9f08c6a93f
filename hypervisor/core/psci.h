/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PSCI 1.1 (Arm DEN0022) and SMCCC 1.1 (DEN0028): for guests, and of the machine. */
#ifndef CORE_PSCI_H
#define CORE_PSCI_H

#include "core.h"

#define PSCI_SYSTEM_OFF   0x84000008u
#define PSCI_SYSTEM_RESET 0x84000009u
#define PSCI_CPU_ON       0xc4000003u

#define PSCI_SUCCESS       0
#define PSCI_NOT_SUPPORTED (-1)
#define PSCI_INVALID       (-2)
#define PSCI_DENIED        (-3)
#define PSCI_ALREADY_ON    (-4)
#define PSCI_ON_PENDING    (-5)

/* A call to the machine's firmware by SMC. */
int64_t machine_psci(uint32_t function, uint64_t x1, uint64_t x2, uint64_t x3);

/*
 * A guest's PSCI or SMCCC call. What is neither the VM's owner may answer; without an owner
 * PSCI_NOT_SUPPORTED.
 */
void psci_call(struct vcpu *v, uint32_t function);

#endif
