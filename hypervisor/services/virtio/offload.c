/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "offload.h"

#include <string.h>

#include "el1/ether.h"

/* Offsets in an IPv4, an IPv6 and a TCP header. */
#define IPV4_HEADER   20u
#define IPV4_LENGTH   2u
#define IPV4_ID       4u
#define IPV4_FRAGMENT 6u
#define IPV4_MORE     0x3fffu /* MF and the offset */
#define IPV4_PROTO    9u
#define IPV4_SUM      10u
#define IPV4_FROM     12u
#define IPV6_HEADER   40u
#define IPV6_LENGTH   4u
#define IPV6_NEXT     6u
#define IPV6_FROM     8u
#define PROTO_TCP     6u
#define TCP_HEADER    20u
#define TCP_SEQUENCE  4u
#define TCP_OFFSET    12u
#define TCP_FLAGS     13u
#define TCP_FIN       0x01u
#define TCP_PSH       0x08u
#define TCP_CWR       0x80u
#define TCP_SUM       16u

#define SIZE_LEAST 64u /* no TCP asks for less, and frames cost more than bytes */

static uint32_t get16(const uint8_t *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

static void put16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static uint32_t get32(const uint8_t *at)
{
    return get16(at) << 16 | get16(at + 2);
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, value >> 16);
    put16(at + 2, value & 0xffff);
}

/* Ones' complement sum of 16-bit words, in the byte order of this CPU (RFC 1071, 2B). */
static uint64_t sum(uint64_t s, const uint8_t *data, size_t len)
{
    uint64_t word;
    uint32_t half;

    for (; len >= sizeof(word); data += sizeof(word), len -= sizeof(word)) {
        memcpy(&word, data, sizeof(word));
        s += word;
        s += s < word; /* the carry comes back in */
    }
    for (; len; data += half, len -= half) {
        half = len < sizeof(uint16_t) ? 1 : sizeof(uint16_t);
        word = 0;
        memcpy(&word, data, half);
        s += word;
        s += s < word;
    }
    return s;
}

static void put_sum(uint8_t *at, uint64_t s)
{
    uint16_t folded;

    s = (s & UINT32_MAX) + (s >> 32);
    s = (s & UINT32_MAX) + (s >> 32);
    s = (s & UINT16_MAX) + (s >> 16);
    s = (s & UINT16_MAX) + (s >> 16);
    folded = (uint16_t)~s;
    folded = folded ? folded : UINT16_MAX; /* the same number; to UDP, 0 is none */
    memcpy(at, &folded, sizeof(folded));
}

bool offload_checksum(const struct offload_header *header, uint8_t *frame, size_t len)
{
    const size_t start = header->csum_start, at = start + header->csum_offset;

    if (start >= len || at + sizeof(uint16_t) > len) {
        return false;
    }
    put_sum(frame + at, sum(0, frame + start, len - start));
    return true;
}

/* Where TCP's header begins; 0: there is none. */
static uint32_t find_tcp(const struct offload_header *header, const uint8_t *start, size_t bytes)
{
    const uint8_t *ip = start + NET_FRAME_MIN;
    uint32_t tcp;

    if (bytes < NET_FRAME_MIN + IPV4_HEADER + TCP_HEADER) {
        return 0;
    }
    if (header->gso_type == OFFLOAD_GSO_TCPV6) {
        return get16(start + NET_TYPE_AT) == NET_TYPE_IPV6 && ip[0] >> 4 == 6 &&
                       ip[IPV6_NEXT] == PROTO_TCP
                   ? NET_FRAME_MIN + IPV6_HEADER
                   : 0;
    }
    tcp = NET_FRAME_MIN + (ip[0] & 15u) * 4;
    return header->gso_type == OFFLOAD_GSO_TCPV4 && get16(start + NET_TYPE_AT) == NET_TYPE_IPV4 &&
                   ip[0] >> 4 == 4 && tcp >= NET_FRAME_MIN + IPV4_HEADER &&
                   !(get16(ip + IPV4_FRAGMENT) & IPV4_MORE) && ip[IPV4_PROTO] == PROTO_TCP
               ? tcp
               : 0;
}

bool offload_plan(struct offload *plan, const struct offload_header *header, const uint8_t *start,
                  size_t bytes, size_t len, size_t most)
{
    const uint32_t tcp = find_tcp(header, start, bytes);
    uint32_t headers;

    if (!tcp || !(header->flags & OFFLOAD_NEEDS_CSUM) || tcp + TCP_HEADER > bytes) {
        return false;
    }
    headers = tcp + (start[tcp + TCP_OFFSET] >> 4) * 4u;
    if (headers < tcp + TCP_HEADER || headers > bytes || headers > OFFLOAD_HEADERS ||
        headers >= len || len > OFFLOAD_MAX || header->gso_size < SIZE_LEAST ||
        headers + header->gso_size > most) {
        return false;
    }
    memcpy(plan->headers, start, headers);
    plan->header_bytes = headers;
    plan->tcp = tcp;
    plan->size = header->gso_size;
    plan->total = (uint32_t)len - headers;
    plan->v6 = header->gso_type == OFFLOAD_GSO_TCPV6;
    return true;
}

static void finish_ip(const struct offload *plan, uint8_t *ip, uint32_t number, uint32_t bytes)
{
    const uint32_t header = plan->tcp - NET_FRAME_MIN;

    if (plan->v6) {
        put16(ip + IPV6_LENGTH, bytes);
        return;
    }
    put16(ip + IPV4_LENGTH, header + bytes);
    put16(ip + IPV4_ID, (get16(ip + IPV4_ID) + number) & 0xffff);
    memset(ip + IPV4_SUM, 0, sizeof(uint16_t));
    put_sum(ip + IPV4_SUM, sum(0, ip, header));
}

/* The pseudo header's sum (RFC 9293, 3.1). */
static uint64_t pseudo_sum(const struct offload *plan, const uint8_t *ip, uint32_t bytes)
{
    const uint8_t rest[] = {(uint8_t)(bytes >> 8), (uint8_t)bytes, 0, PROTO_TCP};

    return plan->v6 ? sum(sum(0, ip + IPV6_FROM, 32), rest, sizeof(rest))
                    : sum(sum(0, ip + IPV4_FROM, 8), rest, sizeof(rest));
}

void offload_finish(const struct offload *plan, uint8_t *frame, uint32_t at, uint32_t data)
{
    const uint32_t bytes = plan->header_bytes - plan->tcp + data;
    uint8_t *ip = frame + NET_FRAME_MIN, *tcp = frame + plan->tcp;

    memcpy(frame, plan->headers, plan->header_bytes);
    finish_ip(plan, ip, at / plan->size, bytes);
    put32(tcp + TCP_SEQUENCE, get32(tcp + TCP_SEQUENCE) + at);
    if (at) {
        tcp[TCP_FLAGS] &= (uint8_t)~TCP_CWR;
    }
    if (at + data < plan->total) {
        tcp[TCP_FLAGS] &= (uint8_t) ~(TCP_FIN | TCP_PSH);
    }
    memset(tcp + TCP_SUM, 0, sizeof(uint16_t));
    put_sum(tcp + TCP_SUM, sum(pseudo_sum(plan, ip, bytes), tcp, bytes));
}
