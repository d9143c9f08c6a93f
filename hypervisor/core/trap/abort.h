/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Stage 2 aborts of a guest. */
#ifndef TRAP_ABORT_H
#define TRAP_ABORT_H

#include "vm/vm.h"

/* EC 0x20 and 0x24, esr is ESR_EL2. */
void trap_inst_abort(struct vcpu *v, uint64_t esr);
void trap_data_abort(struct vcpu *v, uint64_t esr);

#endif
