/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* HVC and SMC: PSCI, SMCCC 1.1 (Arm DEN0028), and the calls of phonebooth/hypercall.h. */
#ifndef CALL_HYPERCALL_H
#define CALL_HYPERCALL_H

#include "vm/vm.h"

/*
 * v, which is loaded, calls; the result is in v->x[0]. Of its registers only x0..x15 and x30 are
 * in memory (vectors.S). What EL2 does not know the VM's owner may answer; without an owner
 * PSCI_NOT_SUPPORTED.
 */
void hypercall(struct vcpu *v);

#endif
