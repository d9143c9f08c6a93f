/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "uplink_packet.h"

#include "uplink_headers.h"

#define ICMP6       58
#define ICMP_HEADER 8

static bool parse_ports(UplinkPacket *packet, size_t len)
{
    if (len < (packet->protocol == UPLINK_TCP ? TCP_HEADER : UDP_HEADER)) {
        return false;
    }
    packet->from_port = uplink_get(packet->data + PORT_FROM);
    packet->port = uplink_get(packet->data + PORT_TO);
    return true;
}

/* What comes after the header of IP, `len` bytes. */
static bool parse_data(UplinkPacket *packet, unsigned protocol, const uint8_t *data, size_t len)
{
    packet->data = data;
    packet->protocol = protocol;
    switch (protocol) {
    case UPLINK_TCP:
    case UPLINK_UDP:
        return parse_ports(packet, len);
    case ICMP6:
        packet->protocol = UPLINK_ICMP;
        return packet->version == 6 && len >= ICMP_HEADER;
    case UPLINK_ICMP:
        return packet->version == 4 && len >= ICMP_HEADER;
    default:
        return packet->version == 4; /* in IPv6 it may be an extension header */
    }
}

static bool parse_ipv4(UplinkPacket *packet, const uint8_t *ip, size_t len)
{
    const size_t header = (size_t)(ip[0] & 15) * 4;
    size_t total;

    if (len < IPV4_HEADER || ip[0] >> 4 != 4 || header < IPV4_HEADER) {
        return false;
    }
    total = uplink_get(ip + IPV4_LENGTH);
    if (total > len || total < header || uplink_get(ip + IPV4_FLAGS) & IPV4_PIECE) {
        return false;
    }
    packet->version = 4;
    packet->from = ip + IPV4_FROM;
    packet->to = ip + IPV4_TO;
    return parse_data(packet, ip[IPV4_PROTO], ip + header, total - header);
}

static bool parse_ipv6(UplinkPacket *packet, const uint8_t *ip, size_t len)
{
    if (len < IPV6_HEADER || ip[0] >> 4 != 6 || uplink_get(ip + IPV6_LENGTH) > len - IPV6_HEADER) {
        return false;
    }
    packet->version = 6;
    packet->from = ip + IPV6_FROM;
    packet->to = ip + IPV6_TO;
    return parse_data(packet, ip[IPV6_PROTO], ip + IPV6_HEADER, uplink_get(ip + IPV6_LENGTH));
}

bool uplink_packet_parse(UplinkPacket *packet, const uint8_t *frame, size_t len)
{
    *packet = (UplinkPacket){0};
    if (len <= ETHER_HEADER) {
        return false;
    }
    switch (uplink_get(frame + ETHER_TYPE)) {
    case TYPE_IPV4:
        return parse_ipv4(packet, frame + ETHER_HEADER, len - ETHER_HEADER);
    case TYPE_IPV6:
        return parse_ipv6(packet, frame + ETHER_HEADER, len - ETHER_HEADER);
    default:
        return false;
    }
}

bool uplink_packet_begins(const UplinkPacket *packet)
{
    return packet->protocol == UPLINK_TCP &&
           (packet->data[TCP_FLAGS] & (FLAG_SYN | FLAG_ACK)) == FLAG_SYN;
}
