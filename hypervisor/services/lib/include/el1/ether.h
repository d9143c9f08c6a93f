/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Ethernet frames, IEEE 802.3. */
#ifndef EL1_ETHER_H
#define EL1_ETHER_H

#define NET_FRAME_MIN 14u   /* a header */
#define NET_FRAME_MAX 1514u /* header + 1500, no FCS, no VLAN tag */
#define NET_MAC       6u    /* bytes of an address */

#endif
