/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "uplink_dns.h"

#include <string.h>

/* Offsets: IEEE 802.3, RFC 791, RFC 768, RFC 9293, RFC 8200. */
#define ETHER_TYPE   12
#define ETHER_HEADER 14
#define TYPE_IPV4    0x0800
#define TYPE_IPV6    0x86dd
#define IPV4_HEADER  20
#define IPV4_FLAGS   6
#define IPV4_OFFSET  0x1fff
#define IPV4_PROTO   9
#define IPV4_SUM     10
#define IPV4_FROM    12
#define IPV4_TO      16
#define IPV6_TO      24
#define PROTO_TCP    6
#define PROTO_UDP    17
#define PORT_FROM    0
#define PORT_TO      2
#define TCP_HEADER   20
#define TCP_SUM      16
#define UDP_HEADER   8
#define UDP_SUM      6

/* A segment or datagram in its frame. */
typedef struct Packet {
    uint8_t *ip, *data; /* the two headers */
    bool tcp;
} Packet;

static unsigned get(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static void put(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

/* A 16-bit word of what the checksum at `sum` covers becomes `value`: RFC 1624, equation 3. */
static void change(uint8_t *sum, unsigned before, unsigned value)
{
    unsigned long s = (~get(sum) & 0xffff) + (~before & 0xffff) + value;

    s = (s & 0xffff) + (s >> 16);
    s = (s & 0xffff) + (s >> 16);
    put(sum, ~s & 0xffff);
}

/* NULL: it has none, which UDP says with 0. */
static uint8_t *sum_of(const Packet *packet)
{
    uint8_t *sum = packet->data + (packet->tcp ? TCP_SUM : UDP_SUM);

    return packet->tcp || get(sum) ? sum : NULL;
}

/* The word at `at`, of the pseudo header or the ports. */
static void change_word(const Packet *packet, uint8_t *at, unsigned value, bool in_ip)
{
    uint8_t *sum = sum_of(packet);

    if (in_ip) {
        change(packet->ip + IPV4_SUM, get(at), value);
    }
    if (sum) {
        change(sum, get(at), value);
        if (!packet->tcp && !get(sum)) {
            put(sum, 0xffff);
        }
    }
    put(at, value);
}

static void change_end(const Packet *packet, unsigned address_at, unsigned port_at,
                       const uint8_t *address, unsigned port)
{
    for (unsigned i = 0; i < 4; i += 2) {
        change_word(packet, packet->ip + address_at + i, get(address + i), true);
    }
    change_word(packet, packet->data + port_at, port, false);
}

/* A whole UDP or TCP header; fragments but the first have none, and answers are none. */
static bool parse(uint8_t *frame, size_t len, Packet *packet)
{
    size_t header;

    if (len < ETHER_HEADER + IPV4_HEADER || get(frame + ETHER_TYPE) != TYPE_IPV4) {
        return false;
    }
    packet->ip = frame + ETHER_HEADER;
    header = (size_t)(packet->ip[0] & 15) * 4;
    packet->data = packet->ip + header;
    packet->tcp = packet->ip[IPV4_PROTO] == PROTO_TCP;
    return packet->ip[0] >> 4 == 4 && header >= IPV4_HEADER &&
           (packet->tcp || packet->ip[IPV4_PROTO] == PROTO_UDP) &&
           !(get(packet->ip + IPV4_FLAGS) & IPV4_OFFSET) &&
           len >= ETHER_HEADER + header + (packet->tcp ? TCP_HEADER : UDP_HEADER);
}

static bool is_for_named6(const UplinkDns *dns, const uint8_t *frame, size_t len)
{
    const size_t to = ETHER_HEADER + IPV6_TO;

    return len >= to + sizeof(dns->named6) && get(frame + ETHER_TYPE) == TYPE_IPV6 &&
           !memcmp(frame + to, dns->named6, sizeof(dns->named6));
}

static void remember(UplinkDns *dns, const Packet *packet, bool asked)
{
    const unsigned port = get(packet->data + PORT_FROM);
    uint8_t *byte = &dns->asked[packet->tcp][port / 8];

    *byte = (uint8_t)(asked ? *byte | 1u << port % 8 : *byte & ~(1u << port % 8));
}

static bool has_asked(const UplinkDns *dns, const Packet *packet)
{
    const unsigned port = get(packet->data + PORT_TO);

    return dns->asked[packet->tcp][port / 8] >> port % 8 & 1;
}

bool uplink_dns_out(UplinkDns *dns, uint8_t *frame, size_t len)
{
    Packet packet;
    bool named;

    if (!dns->on) {
        return true;
    }
    if (is_for_named6(dns, frame, len)) {
        return false;
    }
    if (!parse(frame, len, &packet)) {
        return true;
    }
    named = !memcmp(packet.ip + IPV4_TO, dns->named, 4) &&
            get(packet.data + PORT_TO) == UPLINK_DNS_PORT;
    remember(dns, &packet, named);
    if (named) {
        change_end(&packet, IPV4_TO, PORT_TO, dns->server, dns->port);
    }
    return true;
}

void uplink_dns_in(const UplinkDns *dns, uint8_t *frame, size_t len)
{
    Packet packet;

    if (dns->on && parse(frame, len, &packet) && has_asked(dns, &packet) &&
        !memcmp(packet.ip + IPV4_FROM, dns->server, 4) &&
        get(packet.data + PORT_FROM) == dns->port) {
        change_end(&packet, IPV4_FROM, PORT_FROM, dns->named, UPLINK_DNS_PORT);
    }
}
