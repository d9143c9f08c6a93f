/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which frames of a persona may leave it. The last rule that fits decides; what no rule fits may
 * pass. Without rules nothing is looked at. With any, what cannot be judged does not pass: frames
 * of other types than ARP, IPv4 and IPv6, damaged and truncated headers, fragments, extension
 * headers of IPv6, and destinations that mean the host to its own kernel (127.0.0.0/8, ::1, ...).
 *
 * What never leaves the persona's own network passes always: ARP, neighbour discovery, DHCP. So do
 * the persona's answers in TCP connections that came in by a forwarded port. No QEMU in it.
 */
#ifndef HW_PHONEBOOTH_UPLINK_FIREWALL_H
#define HW_PHONEBOOTH_UPLINK_FIREWALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uplink_packet.h"

#define UPLINK_RULES 64

/* Anywhere; an address; the host itself and its DNS server, as they are seen from the network. */
typedef enum UplinkPlace { UPLINK_ANYWHERE, UPLINK_ADDRESS, UPLINK_HOST, UPLINK_NAMES } UplinkPlace;

typedef struct UplinkRule {
    bool allow;
    uint8_t protocol; /* UPLINK_... */
    UplinkPlace place;
    uint8_t version;      /* UPLINK_ADDRESS: of IP, 4 or 6 */
    uint8_t address[16];  /* of IPv4: the first 4 bytes */
    uint8_t bits;         /* of the address that count */
    uint16_t first, last; /* ports; 0 to 65535: all, and what has none */
} UplinkRule;

typedef struct UplinkRules {
    unsigned count;
    UplinkRule rule[UPLINK_RULES];
    uint8_t net[4];  /* the persona's network, /24: .2 is the host, .3 the DNS server */
    uint8_t net6[8]; /* /64: ::2 and ::3 */
} UplinkRules;

typedef struct UplinkFirewall {
    UplinkRules rules;
    /* By the host's port: the last TCP connection between it and the persona came from there. */
    uint8_t came_in[65536 / 8];
} UplinkFirewall;

/* An Ethernet frame on its way out of the persona. False: it must not pass. */
bool uplink_firewall_out(UplinkFirewall *firewall, const uint8_t *frame, size_t len);

/* One on its way in, which passes: what it begins may be answered. */
void uplink_firewall_in(UplinkFirewall *firewall, const uint8_t *frame, size_t len);

#endif
