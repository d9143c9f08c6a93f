/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Guest accesses that EL2 answers or hands to the VM's owner. */
#ifndef TRAP_MMIO_H
#define TRAP_MMIO_H

#include "vm/post.h"

/*
 * True: the access was answered, posted or ignored. False: there is no device at its address. Under
 * the VM's lock.
 */
bool mmio_access(struct vcpu *v, const struct mmio *m);

#endif
