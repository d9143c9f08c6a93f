/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "uplink_dns.h"

#include <string.h>

#include "uplink_headers.h"
#include "uplink_rewrite.h"

static bool is_for_named6(const UplinkDns *dns, const uint8_t *frame, size_t len)
{
    const size_t to = ETHER_HEADER + IPV6_TO;

    return len >= to + sizeof(dns->named6) && uplink_get(frame + ETHER_TYPE) == TYPE_IPV6 &&
           !memcmp(frame + to, dns->named6, sizeof(dns->named6));
}

static void remember(UplinkDns *dns, const UplinkSegment *segment, bool asked)
{
    const unsigned port = uplink_segment_port(segment, UPLINK_SOURCE);
    uint8_t *byte = &dns->asked[segment->tcp][port / 8];

    *byte = (uint8_t)(asked ? *byte | 1u << port % 8 : *byte & ~(1u << port % 8));
}

static bool has_asked(const UplinkDns *dns, const UplinkSegment *segment)
{
    const unsigned port = uplink_segment_port(segment, UPLINK_DESTINATION);

    return dns->asked[segment->tcp][port / 8] >> port % 8 & 1;
}

bool uplink_dns_out(UplinkDns *dns, uint8_t *frame, size_t len)
{
    UplinkSegment segment;
    bool named;

    if (!dns->on) {
        return true;
    }
    if (is_for_named6(dns, frame, len)) {
        return false;
    }
    if (!uplink_segment_parse(&segment, frame, len)) {
        return true;
    }
    named = !memcmp(uplink_segment_address(&segment, UPLINK_DESTINATION), dns->named, 4) &&
            uplink_segment_port(&segment, UPLINK_DESTINATION) == UPLINK_DNS_PORT;
    remember(dns, &segment, named);
    if (named) {
        uplink_segment_change(&segment, UPLINK_DESTINATION, dns->server, dns->port);
    }
    return true;
}

void uplink_dns_in(const UplinkDns *dns, uint8_t *frame, size_t len)
{
    UplinkSegment segment;

    if (dns->on && uplink_segment_parse(&segment, frame, len) && has_asked(dns, &segment) &&
        !memcmp(uplink_segment_address(&segment, UPLINK_SOURCE), dns->server, 4) &&
        uplink_segment_port(&segment, UPLINK_SOURCE) == dns->port) {
        uplink_segment_change(&segment, UPLINK_SOURCE, dns->named, UPLINK_DNS_PORT);
    }
}
