/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A persona's IP packet in its Ethernet frame, as far as a firewall must know it. No QEMU in it. */
#ifndef HW_PHONEBOOTH_UPLINK_PACKET_H
#define HW_PHONEBOOTH_UPLINK_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers of IP protocols; UPLINK_ICMP is also that of IPv6. */
#define UPLINK_ANY  0
#define UPLINK_ICMP 1
#define UPLINK_TCP  6
#define UPLINK_UDP  17

/* Pointers are into the frame. */
typedef struct UplinkPacket {
    unsigned version;         /* 4 or 6 */
    unsigned protocol;        /* UPLINK_..., or another one of IPv4 */
    unsigned from_port, port; /* TCP and UDP: whence and whereto, host order */
    const uint8_t *from, *to; /* addresses, of 4 or 16 bytes */
    const uint8_t *data;      /* the header after that of IP, whole if it is one of the above */
} UplinkPacket;

/*
 * False: it cannot be judged. It is no IP packet, a header is damaged or not whole, it is a
 * fragment, or has an extension header of IPv6.
 */
bool uplink_packet_parse(UplinkPacket *packet, const uint8_t *frame, size_t len);

/* A TCP segment that begins a connection. */
bool uplink_packet_begins(const UplinkPacket *packet);

#endif
