/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * virtio-mmio, version 2 (Virtual I/O Device 1.2, 4.2): EL2 knows just the two
 * registers that matter for speed. The register pages are the owner's; the guest reads them
 * without a trap. All under the VM's lock.
 */
#ifndef VM_VIRTIO_H
#define VM_VIRTIO_H

#include "vm/post.h"

/* A write to the register pages. False: it is none, or the VM has no owner that would answer. */
bool virtio_write(struct vcpu *v, const struct mmio *m);

/* PB_CALL_VIO_RAISE: InterruptStatus of the slot |= bits, its line follows. */
int64_t virtio_raise(struct vm *vm, uint64_t slot, uint32_t bits);

#endif
