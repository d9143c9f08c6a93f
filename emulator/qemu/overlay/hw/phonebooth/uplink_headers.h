/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where what is in a frame: offsets and lengths in bytes, of IEEE 802.3, RFC 791 (IPv4), RFC 8200
 * (IPv6), RFC 768 (UDP) and RFC 9293 (TCP). No QEMU in it.
 */
#ifndef HW_PHONEBOOTH_UPLINK_HEADERS_H
#define HW_PHONEBOOTH_UPLINK_HEADERS_H

#include <stdint.h>

#define ETHER_TYPE   12
#define ETHER_HEADER 14
#define TYPE_IPV4    0x0800
#define TYPE_IPV6    0x86dd

#define IPV4_HEADER 20 /* without options */
#define IPV4_LENGTH 2
#define IPV4_FLAGS  6
#define IPV4_OFFSET 0x1fff /* of a fragment */
#define IPV4_PIECE  0x3fff /* more fragments, and the offset */
#define IPV4_PROTO  9
#define IPV4_SUM    10
#define IPV4_FROM   12
#define IPV4_TO     16

#define IPV6_HEADER 40
#define IPV6_LENGTH 4
#define IPV6_PROTO  6
#define IPV6_FROM   8
#define IPV6_TO     24

/* Of both TCP and UDP. */
#define PORT_FROM 0
#define PORT_TO   2

#define UDP_HEADER 8
#define UDP_SUM    6

#define TCP_HEADER 20 /* without options */
#define TCP_FLAGS  13
#define TCP_SUM    16
#define FLAG_SYN   0x02
#define FLAG_ACK   0x10

/* A word of two bytes, as they are in all of these. */
static inline unsigned uplink_get(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

#endif
