/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "uplink_packet.h"

/* Offsets: IEEE 802.3, RFC 791, RFC 8200, RFC 9293, RFC 768. */
#define ETHER_TYPE   12
#define ETHER_HEADER 14
#define TYPE_IPV4    0x0800
#define TYPE_IPV6    0x86dd
#define IPV4_HEADER  20
#define IPV4_LENGTH  2
#define IPV4_FLAGS   6
#define IPV4_PIECE   0x3fff /* more fragments, and the offset */
#define IPV4_PROTO   9
#define IPV4_FROM    12
#define IPV4_TO      16
#define IPV6_HEADER  40
#define IPV6_LENGTH  4
#define IPV6_PROTO   6
#define IPV6_FROM    8
#define IPV6_TO      24
#define ICMP6        58
#define ICMP_HEADER  8
#define UDP_HEADER   8
#define TCP_HEADER   20
#define TCP_FLAGS    13
#define FLAG_SYN     0x02
#define FLAG_ACK     0x10
#define PORT_FROM    0
#define PORT_TO      2

static unsigned get(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static bool parse_ports(UplinkPacket *packet, size_t len)
{
    if (len < (packet->protocol == UPLINK_TCP ? TCP_HEADER : UDP_HEADER)) {
        return false;
    }
    packet->from_port = get(packet->data + PORT_FROM);
    packet->port = get(packet->data + PORT_TO);
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
    total = get(ip + IPV4_LENGTH);
    if (total > len || total < header || get(ip + IPV4_FLAGS) & IPV4_PIECE) {
        return false;
    }
    packet->version = 4;
    packet->from = ip + IPV4_FROM;
    packet->to = ip + IPV4_TO;
    return parse_data(packet, ip[IPV4_PROTO], ip + header, total - header);
}

static bool parse_ipv6(UplinkPacket *packet, const uint8_t *ip, size_t len)
{
    if (len < IPV6_HEADER || ip[0] >> 4 != 6 || get(ip + IPV6_LENGTH) > len - IPV6_HEADER) {
        return false;
    }
    packet->version = 6;
    packet->from = ip + IPV6_FROM;
    packet->to = ip + IPV6_TO;
    return parse_data(packet, ip[IPV6_PROTO], ip + IPV6_HEADER, get(ip + IPV6_LENGTH));
}

bool uplink_packet_parse(UplinkPacket *packet, const uint8_t *frame, size_t len)
{
    *packet = (UplinkPacket){0};
    if (len <= ETHER_HEADER) {
        return false;
    }
    switch (get(frame + ETHER_TYPE)) {
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
