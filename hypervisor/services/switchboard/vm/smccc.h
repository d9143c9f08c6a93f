/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Calls of a VM that EL2 leaves to its owner (SMCCC, Arm DEN0028): random numbers of the TRNG
 * firmware interface (DEN0098), where its stolen time is (DEN0057), its watchdog. Whatever else is
 * asked for is not supported.
 */
#ifndef SMCCC_H
#define SMCCC_H

#include "vm.h"

/* x0..x2 as this vCPU of the VM gave them; result: its x0..x3. Random numbers from entropy_fill. */
void smccc_call(struct vm *vm, unsigned vcpu, const uint64_t x[3], uint64_t result[4]);

/* Before VM_START: no time is stolen yet (EL2 adds to it), the watchdog is off. */
void smccc_reset_vm(struct vm *vm);

#endif
