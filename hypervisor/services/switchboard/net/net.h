/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The bridges between the VMs' network devices and the board's Ethernet controllers. */
#ifndef NET_H
#define NET_H

#include <stdbool.h>
#include <stddef.h>

#include "drivers/board.h"
#include "el1/ether.h"
#include "vm/vm.h"

/* The board's controllers in the order of their addresses, and a VM's network devices. */
enum net_wire { NET_WIFI, NET_CELLULAR, NET_WIRES };

/* A frame for a VM; valid: its checksums are right, the controller has checked them. */
typedef void net_receive_fn(struct vm *vm, enum net_wire wire, const void *frame, size_t len,
                            bool valid);

/* After the VMs are known; frames for them go to receive(). Without a controller joined VMs still
 * see each other. */
void net_init(const struct board *board, net_receive_fn *receive);

/* Whether vm has this network: its description may leave it out, and so may the board. */
bool net_has(const struct vm *vm, enum net_wire wire);

/* The address of a VM: locally administered, the last byte tells those of one handset apart. */
void net_address(const struct vm *vm, enum net_wire wire, uint8_t mac[NET_MAC]);

/*
 * A frame from a VM's network device into the bridge; copied before it returns. False: dropped
 * (wrong length, a source address that is not the VM's, no room); no error to the guest.
 */
bool net_send(struct vm *vm, enum net_wire wire, const void *frame, size_t len);

/* "name=value" counters, NUL-terminated, at most size bytes. */
void net_stats(char *text, size_t size);

#endif
