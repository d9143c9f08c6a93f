/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The one table of what personas reach by their socket device (virtio/vsock.h), and which of them
 * may. They do not reach each other.
 */
#ifndef CHANNELS_H
#define CHANNELS_H

#include "virtio/vsock.h"
#include "vm/vm.h"

/* The services that vm may use, NULL-terminated; they stay. */
const struct vsock_service *const *channels_of(const struct vm *vm);

/* The address (CID) of vm. */
uint64_t channels_cid(const struct vm *vm);

#endif
