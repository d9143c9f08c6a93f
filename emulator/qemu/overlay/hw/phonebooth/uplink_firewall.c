/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "uplink_firewall.h"

#include <string.h>

#define ETHER_TYPE 12 /* IEEE 802.3 */
#define TYPE_ARP   0x0806
#define DHCP       67
#define DHCP6      547
#define SOLICITS   133 /* RFC 4861: types from router solicitation */
#define ADVERTISES 136 /* to neighbour advertisement */
#define HOST       2   /* the last byte of its address in a persona's network */
#define NAMES      3   /* and that of the DNS server's */

static bool is_bit(const uint8_t *bits, unsigned n)
{
    return bits[n / 8] >> n % 8 & 1;
}

static bool starts_with(const uint8_t *address, const uint8_t *net, unsigned bits)
{
    const unsigned rest = bits % 8;
    const uint8_t mask = (uint8_t)(0xff00u >> rest);

    return !memcmp(address, net, bits / 8) &&
           (!rest || !((address[bits / 8] ^ net[bits / 8]) & mask));
}

/* ---- Connections that came in ---------------------------------------------------------------- */

/* @address is the host's; forwarded ports have no IPv6. */
static bool is_hosts(const UplinkFirewall *firewall, const uint8_t *address)
{
    return starts_with(address, firewall->rules.net, 24) && address[3] == HOST;
}

static bool is_tcp(const UplinkPacket *packet)
{
    return packet->version == 4 && packet->protocol == UPLINK_TCP;
}

void uplink_firewall_in(UplinkFirewall *firewall, const uint8_t *frame, size_t len)
{
    UplinkPacket packet;

    if (uplink_packet_parse(&packet, frame, len) && is_tcp(&packet) &&
        uplink_packet_begins(&packet) && is_hosts(firewall, packet.from)) {
        const unsigned port = packet.from_port;

        firewall->came_in[port / 8] |= (uint8_t)(1u << port % 8);
    }
}

/* A connection that the persona begins itself takes the place of one that came in. */
static bool is_answer(UplinkFirewall *firewall, const UplinkPacket *packet)
{
    if (!is_tcp(packet) || !is_hosts(firewall, packet->to)) {
        return false;
    }
    if (uplink_packet_begins(packet)) {
        firewall->came_in[packet->port / 8] &= (uint8_t) ~(1u << packet->port % 8);
    }
    return is_bit(firewall->came_in, packet->port);
}

/* ---- Rules ----------------------------------------------------------------------------------- */

static bool is_names(const UplinkRules *rules, const UplinkPacket *packet)
{
    static const uint8_t id[8] = {[7] = NAMES};

    if (packet->version == 4) {
        return starts_with(packet->to, rules->net, 24) && packet->to[3] == NAMES;
    }
    return starts_with(packet->to, rules->net6, 64) && !memcmp(packet->to + 8, id, sizeof(id));
}

/* All else in the persona's network, and what is for everyone: libslirp takes it for the host. */
static bool is_host(const UplinkRules *rules, const UplinkPacket *packet)
{
    static const uint8_t local[] = {0xfe, 0x80}, everyone[] = {255, 255, 255, 255};

    if (is_names(rules, packet)) {
        return false;
    }
    if (packet->version == 4) {
        return starts_with(packet->to, rules->net, 24) || !memcmp(packet->to, everyone, 4);
    }
    return starts_with(packet->to, rules->net6, 64) || starts_with(packet->to, local, 10) ||
           packet->to[0] == 0xff;
}

static bool is_there(const UplinkRules *rules, const UplinkRule *rule, const UplinkPacket *packet)
{
    switch (rule->place) {
    case UPLINK_ANYWHERE:
        return true;
    case UPLINK_ADDRESS:
        return rule->version == packet->version &&
               starts_with(packet->to, rule->address, rule->bits);
    case UPLINK_HOST:
        return is_host(rules, packet);
    default:
        return is_names(rules, packet);
    }
}

static bool fits(const UplinkRules *rules, const UplinkRule *rule, const UplinkPacket *packet)
{
    const bool has_port = packet->protocol == UPLINK_TCP || packet->protocol == UPLINK_UDP;
    const bool all_ports = !rule->first && rule->last == UINT16_MAX;

    return (rule->protocol == UPLINK_ANY || rule->protocol == packet->protocol) &&
           (all_ports || (has_port && packet->port >= rule->first && packet->port <= rule->last)) &&
           is_there(rules, rule, packet);
}

static bool may_pass(const UplinkRules *rules, const UplinkPacket *packet)
{
    for (unsigned i = rules->count; i-- > 0;) {
        if (fits(rules, &rules->rule[i], packet)) {
            return rules->rule[i].allow;
        }
    }
    return true;
}

/* The same packet as it arrives where an IPv6 address carries one of IPv4. */
static bool may_pass_translated(const UplinkRules *rules, const UplinkPacket *packet)
{
    static const uint8_t nat64[] = {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    static const uint8_t to_ipv4[] = {0x20, 0x02};
    UplinkPacket inner = *packet;

    if (packet->version != 6) {
        return true;
    }
    inner.version = 4;
    if (starts_with(packet->to, nat64, 96)) {
        inner.to += 12;
    } else if (starts_with(packet->to, to_ipv4, 16)) {
        inner.to += 2;
    } else {
        return true;
    }
    return may_pass(rules, &inner);
}

/* To the host's kernel, which connects for the persona, it is itself, or an IPv4 address. */
static bool is_hosts_own(const UplinkPacket *packet)
{
    static const uint8_t zeros[12];
    static const uint8_t mapped[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

    if (packet->version == 4) {
        return packet->to[0] == 0 || packet->to[0] == 127;
    }
    return !memcmp(packet->to, zeros, sizeof(zeros)) || !memcmp(packet->to, mapped, sizeof(mapped));
}

/* DHCP and neighbour discovery: the persona's own network answers, and sends nothing on. */
static bool stays_local(const UplinkFirewall *firewall, const UplinkPacket *packet)
{
    static const uint8_t everyone[] = {255, 255, 255, 255};
    static const uint8_t servers[] = {0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2};

    if (packet->protocol == UPLINK_ICMP) {
        return packet->version == 6 && packet->data[0] >= SOLICITS && packet->data[0] <= ADVERTISES;
    }
    if (packet->protocol != UPLINK_UDP) {
        return false;
    }
    if (packet->version == 4) {
        return packet->port == DHCP &&
               (!memcmp(packet->to, everyone, 4) || is_hosts(firewall, packet->to));
    }
    return packet->port == DHCP6 && !memcmp(packet->to, servers, sizeof(servers));
}

static bool is_arp(const uint8_t *frame, size_t len)
{
    return len > ETHER_TYPE + 1 && (frame[ETHER_TYPE] << 8 | frame[ETHER_TYPE + 1]) == TYPE_ARP;
}

bool uplink_firewall_out(UplinkFirewall *firewall, const uint8_t *frame, size_t len)
{
    UplinkPacket packet;
    const bool whole = uplink_packet_parse(&packet, frame, len);
    const bool answer = whole && is_answer(firewall, &packet);

    if (!firewall->rules.count || answer) {
        return true;
    }
    if (!whole) {
        return is_arp(frame, len);
    }
    if (stays_local(firewall, &packet)) {
        return true;
    }
    return !is_hosts_own(&packet) && may_pass(&firewall->rules, &packet) &&
           may_pass_translated(&firewall->rules, &packet);
}
