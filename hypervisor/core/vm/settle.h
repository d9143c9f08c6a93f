/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Registers of the distributor and redistributors that show what other vCPUs have in their list
 * registers: pending and active state, GICD_CTLR.RWP. They are up to date when each vCPU that runs
 * has looked. All under the VM's lock.
 */
#ifndef VM_SETTLE_H
#define VM_SETTLE_H

#include "vm/post.h"

/* v has made an access: it is settled when the vCPUs in vgic.look that run have looked. */
void settle(struct vcpu *v);

/*
 * v reads the register at `offset` of the distributor, or of the redistributor of c, when that is
 * settled; until then it is blocked. Its instruction is done: nothing that it or a handler does
 * next is taken for it.
 */
void settle_read(struct vcpu *v, struct vgic_cpu *c, bool redist, uint32_t offset,
                 const struct io_wait *read);

/* Those of vm->reading whose reads have settled have their values, and run. */
void settle_finish(struct vm *vm);

#endif
