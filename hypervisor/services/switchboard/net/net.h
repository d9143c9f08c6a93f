/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The bridge between the VMs' network devices and the board's Ethernet. */
#ifndef NET_H
#define NET_H

#include <stddef.h>

#include "drivers/board.h"
#include "el1/ether.h"
#include "vm/vm.h"

/* After the VMs are known; frames for them go to receive(). Without an Ethernet controller joined
 * VMs still see each other. */
void net_init(const struct board *board,
              void (*receive)(struct vm *vm, const void *frame, size_t len));

/* The address of a VM: locally administered, the last byte tells those of one handset apart. */
void net_address(const struct vm *vm, uint8_t mac[NET_MAC]);

/*
 * A frame from a VM's network device into the bridge; copied before it returns. False: dropped
 * (wrong length, a source address that is not the VM's, no room); no error to the guest.
 */
bool net_send(struct vm *vm, const void *frame, size_t len);

/* "name=value" counters, NUL-terminated, at most size bytes. */
void net_stats(char *text, size_t size);

#endif
