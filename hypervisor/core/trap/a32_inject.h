/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Exceptions given to an AArch32 EL1. Names are those of Arm DDI 0487, parts E and G. */
#ifndef TRAP_A32_INJECT_H
#define TRAP_A32_INJECT_H

#include "vm/vm.h"

/* The exception that esr, as EL1 would see it, describes. v is loaded, its VM has PB_VM_A32. */
void a32_inject(struct vcpu *v, uint64_t esr);

#endif
