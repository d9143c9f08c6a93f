/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Ethernet frames, IEEE 802.3. */
#ifndef EL1_ETHER_H
#define EL1_ETHER_H

#define NET_FRAME_MIN 14u   /* a header */
#define NET_FRAME_MAX 1514u /* header + 1500, no FCS, no VLAN tag */
#define NET_MAC       6u    /* bytes of an address */
#define NET_GROUP     0x01u /* in an address's first byte: broadcast and multicast */

/* What the packet is; the type is big-endian, after both addresses. */
#define NET_TYPE_AT   12u
#define NET_TYPE_IPV4 0x0800u
#define NET_TYPE_ARP  0x0806u
#define NET_TYPE_IPV6 0x86ddu

#endif
