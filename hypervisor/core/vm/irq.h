/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Physical interrupts: EL2's own, and those that belong to a guest. */
#ifndef VM_IRQ_H
#define VM_IRQ_H

#include "vm/vm.h"

/* The table's routes; the vgic of each VM learns which physical interrupts are linked. Once. */
void irq_init_routes(void);

/*
 * The VM's SPIs as at power on: off and none active, to vCPU 0. While the VM does not run each may
 * come once, and then stays active. Under the VM's lock, or at start.
 */
void irq_reset_routes(struct vm *vm);

/* Take pending physical interrupts. */
void irq_poll(void);

#endif
