/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Where an Ethernet frame goes. The bridge has an uplink and a port per VM. It needs to learn
 * nothing: each VM has an address given to it, and may send with no other; all else is behind the
 * uplink. VMs see each other only within a group. No I/O.
 */
#ifndef BRIDGE_H
#define BRIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BRIDGE_PORTS  9u /* port 0 is the uplink */
#define BRIDGE_UPLINK 0u
#define BRIDGE_MAC    6u
#define BRIDGE_ALONE  0u /* a group of its own: the VM sees the uplink only */

struct bridge {
    unsigned ports;                        /* with the uplink */
    uint8_t mac[BRIDGE_PORTS][BRIDGE_MAC]; /* [0] is not used */
    unsigned group[BRIDGE_PORTS];
};

/* A port for this address, in this group; 0: there is no more. */
unsigned bridge_add(struct bridge *bridge, const uint8_t mac[BRIDGE_MAC], unsigned group);

/*
 * The ports, one bit each, that get a frame of `len` bytes (14..1514) from port `from`; 0: none,
 * as for a frame with a wrong length or a sender's address that is not the port's.
 */
uint32_t bridge_route(const struct bridge *bridge, unsigned from, const void *frame, size_t len);

#endif
