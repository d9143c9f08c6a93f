/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Which frames are data for a persona that has suspended itself. */
#ifndef WAKES_H
#define WAKES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The frame, len bytes from the network and of any content, is for its receiver alone and is more
 * than the network's own upkeep. False for groups (IEEE 802, IPv4, IPv6), for ARP (RFC 826) and for
 * IPv6's neighbour discovery (RFC 4861), whose routers repeat themselves every few minutes.
 */
bool net_wakes(const void *frame, size_t len);

#endif
