/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Exceptions that a guest causes. A handler finishes the instruction or injects
 * what a CPU without hypervisor would have raised; it never stops the phone.
 */
#ifndef TRAP_TRAP_H
#define TRAP_TRAP_H

#include "vm/vm.h"

/*
 * vectors.S: an exception came while a vCPU was loaded. Of its registers only x0..x15 and x30 are
 * in memory, the others must not be read.
 */
void trap_irq(void);
void trap_serror(void);

/* The same, with all registers in memory; answers the vCPU to enter. */
struct vcpu *trap_sync(struct vcpu *v);

#endif
