/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Which function answers which exception class: classes.S. */
#ifndef TRAP_CLASSES_H
#define TRAP_CLASSES_H

#define TRAP_CLASSES 0x25 /* the highest that a guest causes is 0x24, a data abort */

#ifndef __ASSEMBLER__
#include "vm/vm.h"

extern const int16_t trap_classes[TRAP_CLASSES];

/* v is loaded, all its registers are in memory; esr is ESR_EL2. */
typedef void trap_fn(struct vcpu *v, uint64_t esr);

/* trap.c, sysreg.c, abort.c */
trap_fn trap_wfx, trap_fp, trap_hvc, trap_smc, trap_sysreg, trap_inst_abort, trap_data_abort;

#endif /* __ASSEMBLER__ */

#endif
