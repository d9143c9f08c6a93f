/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdint.h>

#include "wakes.h"

#include "el1/ether.h"

/* RFC 791, 3.1; RFC 1112, 4: 224.0.0.0/4 are groups, and what follows them is no single host. */
#define IPV4_TO_AT (NET_FRAME_MIN + 16u)
#define IPV4_BYTES 20u
#define IPV4_GROUP 224u

/* RFC 8200, 3; RFC 4291, 2.7; RFC 4443, 2.1: messages 133 to 137 are neighbour discovery. */
#define IPV6_NEXT_AT   (NET_FRAME_MIN + 6u)
#define IPV6_TO_AT     (NET_FRAME_MIN + 24u)
#define IPV6_BYTES     40u
#define IPV6_GROUP     0xffu
#define ICMPV6         58u
#define ROUTER_SOLICIT 133u
#define REDIRECT       137u

static bool ipv4_wakes(const uint8_t *frame, size_t len)
{
    return len >= NET_FRAME_MIN + IPV4_BYTES && frame[IPV4_TO_AT] < IPV4_GROUP;
}

static bool ipv6_wakes(const uint8_t *frame, size_t len)
{
    const uint8_t *message = frame + NET_FRAME_MIN + IPV6_BYTES;

    if (len <= NET_FRAME_MIN + IPV6_BYTES || frame[IPV6_TO_AT] == IPV6_GROUP) {
        return false;
    }
    return frame[IPV6_NEXT_AT] != ICMPV6 || *message < ROUTER_SOLICIT || *message > REDIRECT;
}

bool net_wakes(const void *frame, size_t len)
{
    const uint8_t *bytes = frame;

    if (len < NET_FRAME_MIN || (*bytes & NET_GROUP)) {
        return false;
    }
    switch ((unsigned)bytes[NET_TYPE_AT] << 8 | bytes[NET_TYPE_AT + 1]) {
    case NET_TYPE_ARP:
        return false;
    case NET_TYPE_IPV4:
        return ipv4_wakes(bytes, len);
    case NET_TYPE_IPV6:
        return ipv6_wakes(bytes, len);
    default:
        return true;
    }
}
