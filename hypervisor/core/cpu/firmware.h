/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* PSCI 1.1 (Arm DEN0022): its numbers, and calls to the machine's firmware. */
#ifndef CPU_FIRMWARE_H
#define CPU_FIRMWARE_H

#include <stdint.h>

#define PSCI_SYSTEM_OFF   0x84000008u
#define PSCI_SYSTEM_RESET 0x84000009u
#define PSCI_CPU_ON       0xc4000003u

#define PSCI_SUCCESS       0
#define PSCI_NOT_SUPPORTED (-1)
#define PSCI_INVALID       (-2)
#define PSCI_DENIED        (-3)
#define PSCI_ALREADY_ON    (-4)
#define PSCI_ON_PENDING    (-5)

/* A call by SMC. */
int64_t firmware_psci(uint32_t function, uint64_t x1, uint64_t x2, uint64_t x3);

#endif
