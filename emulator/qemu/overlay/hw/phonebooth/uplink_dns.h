/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A name server of one's choice in a persona's network: what the persona sends to the server that
 * DHCP names goes to another one, and the answers come from where it asked. IPv4 (RFC 791) with UDP
 * or TCP; the network's name server at an IPv6 address is silent then, so that nobody asks the
 * host's. No QEMU in it.
 */
#ifndef HW_PHONEBOOTH_UPLINK_DNS_H
#define HW_PHONEBOOTH_UPLINK_DNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UPLINK_DNS_PORT 53

typedef struct UplinkDns {
    bool on;
    uint8_t named[4];   /* the server that the persona is told of, */
    uint8_t named6[16]; /* and its IPv6 address */
    uint8_t server[4];  /* the one that it gets, as this network sees it, */
    uint16_t port;      /* and its port, host order */
    /* By the persona's ports: the last frame from there was for `named`. UDP, TCP. */
    uint8_t asked[2][65536 / 8];
} UplinkDns;

/* An Ethernet frame on its way out of the persona, changed if it is for the server. False: it must
 * not pass. */
bool uplink_dns_out(UplinkDns *dns, uint8_t *frame, size_t len);

/* One on its way in, changed if it is the server's answer. */
void uplink_dns_in(const UplinkDns *dns, uint8_t *frame, size_t len);

#endif
