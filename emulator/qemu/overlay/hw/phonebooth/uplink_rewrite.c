/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "uplink_rewrite.h"

#include "uplink_headers.h"

#define PROTO_TCP 6
#define PROTO_UDP 17

static void put(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

bool uplink_segment_parse(UplinkSegment *segment, uint8_t *frame, size_t len)
{
    size_t header;

    if (len < ETHER_HEADER + IPV4_HEADER || uplink_get(frame + ETHER_TYPE) != TYPE_IPV4) {
        return false;
    }
    segment->ip = frame + ETHER_HEADER;
    header = (size_t)(segment->ip[0] & 15) * 4;
    segment->data = segment->ip + header;
    segment->tcp = segment->ip[IPV4_PROTO] == PROTO_TCP;
    return segment->ip[0] >> 4 == 4 && header >= IPV4_HEADER &&
           (segment->tcp || segment->ip[IPV4_PROTO] == PROTO_UDP) &&
           !(uplink_get(segment->ip + IPV4_FLAGS) & IPV4_OFFSET) &&
           len >= ETHER_HEADER + header + (segment->tcp ? TCP_HEADER : UDP_HEADER);
}

uint8_t *uplink_segment_address(const UplinkSegment *segment, UplinkEnd end)
{
    return segment->ip + (end == UPLINK_SOURCE ? IPV4_FROM : IPV4_TO);
}

static uint8_t *port_at(const UplinkSegment *segment, UplinkEnd end)
{
    return segment->data + (end == UPLINK_SOURCE ? PORT_FROM : PORT_TO);
}

unsigned uplink_segment_port(const UplinkSegment *segment, UplinkEnd end)
{
    return uplink_get(port_at(segment, end));
}

bool uplink_segment_begins(const UplinkSegment *segment)
{
    return segment->tcp && (segment->data[TCP_FLAGS] & (FLAG_SYN | FLAG_ACK)) == FLAG_SYN;
}

/* A 16-bit word of what the checksum at `sum` covers becomes `value`: RFC 1624, equation 3. */
static void change(uint8_t *sum, unsigned before, unsigned value)
{
    unsigned long s = (~uplink_get(sum) & 0xffff) + (~before & 0xffff) + value;

    s = (s & 0xffff) + (s >> 16);
    s = (s & 0xffff) + (s >> 16);
    put(sum, ~s & 0xffff);
}

/* NULL: it has none, which UDP says with 0. */
static uint8_t *sum_of(const UplinkSegment *segment)
{
    uint8_t *sum = segment->data + (segment->tcp ? TCP_SUM : UDP_SUM);

    return segment->tcp || uplink_get(sum) ? sum : NULL;
}

/* The word at `at`, of the pseudo header or the ports. */
static void change_word(const UplinkSegment *segment, uint8_t *at, unsigned value, bool in_ip)
{
    uint8_t *sum = sum_of(segment);

    if (in_ip) {
        change(segment->ip + IPV4_SUM, uplink_get(at), value);
    }
    if (sum) {
        change(sum, uplink_get(at), value);
        if (!segment->tcp && !uplink_get(sum)) {
            put(sum, 0xffff);
        }
    }
    put(at, value);
}

void uplink_segment_change(const UplinkSegment *segment, UplinkEnd end, const uint8_t address[4],
                           unsigned port)
{
    uint8_t *at = uplink_segment_address(segment, end);

    for (unsigned i = 0; i < 4; i += 2) {
        change_word(segment, at + i, uplink_get(address + i), true);
    }
    change_word(segment, port_at(segment, end), port, false);
}
