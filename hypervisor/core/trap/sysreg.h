/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* System registers that trap. */
#ifndef TRAP_SYSREG_H
#define TRAP_SYSREG_H

#include "vm/vm.h"

/* EC 0x18, esr is ESR_EL2. */
void trap_sysreg(struct vcpu *v, uint64_t esr);

#endif
