/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A name server of one's choice: what is asked goes to it, answers come from where it was asked. */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

#include "uplink_dns.h"

#include "inet.h"
#include "suite.h"

#define UDP     17u
#define TCP     6u
#define HEADER  14u /* Ethernet's */
#define PERSONA 40000u
#define PAYLOAD 11u /* odd: the checksum pads it */

static const uint8_t persona[] = {10, 0, 2, 15}, named[] = {10, 0, 2, 3}, other[] = {9, 9, 9, 9};

static UplinkDns dns;
static uint8_t frame[128];
static size_t len;

static void start(void)
{
    memset(&dns, 0, sizeof(dns));
    dns.on = true;
    memcpy(dns.named, named, 4);
    memcpy(dns.server, other, 4);
    dns.named6[0] = 0xfe;
    dns.named6[15] = 3;
    dns.port = 5353;
}

static unsigned ip_header(void)
{
    return (frame[HEADER] & 15u) * 4;
}

/* 0 if the segment's checksum is right. */
static unsigned check_data(void)
{
    const uint8_t *ip = frame + HEADER;
    const size_t bytes = len - HEADER - ip_header();
    uint32_t pseudo = ip[9] + (uint32_t)bytes;

    for (unsigned i = 12; i < 20; i += 2) {
        pseudo += get(ip + i);
    }
    return inet_check(pseudo, ip + ip_header(), bytes);
}

static unsigned check_ip(void)
{
    return inet_check(0, frame + HEADER, ip_header());
}

static void make(unsigned proto, const uint8_t *from, unsigned from_port, const uint8_t *to,
                 unsigned to_port, unsigned options)
{
    const unsigned header = 20 + options, data = proto == TCP ? 20 : 8;
    uint8_t *ip = frame + HEADER, *segment = ip + header;

    memset(frame, 0, sizeof(frame));
    len = HEADER + header + data + PAYLOAD;
    put(frame + 12, 0x0800);
    ip[0] = (uint8_t)(0x40 | header / 4);
    put(ip + 2, header + data + PAYLOAD);
    ip[8] = 64;
    ip[9] = (uint8_t)proto;
    memcpy(ip + 12, from, 4);
    memcpy(ip + 16, to, 4);
    put(ip + 10, check_ip());
    put(segment, from_port);
    put(segment + 2, to_port);
    put(segment + 4, data + PAYLOAD); /* UDP's length */
    for (unsigned i = 0; i < PAYLOAD; i++) {
        segment[data + i] = (uint8_t)rand();
    }
    put(segment + (proto == TCP ? 16 : 6), check_data());
}

static const uint8_t *segment_of(void)
{
    return frame + HEADER + ip_header();
}

/* The frame goes out; it must be whole, and go to that server. */
static void goes_out(const uint8_t *to, unsigned port)
{
    CU_ASSERT_TRUE(uplink_dns_out(&dns, frame, len));
    CU_ASSERT_EQUAL(memcmp(frame + HEADER + 16, to, 4), 0);
    CU_ASSERT_EQUAL(get(segment_of() + 2), port);
    CU_ASSERT_EQUAL(check_ip(), 0);
    CU_ASSERT_EQUAL(check_data(), 0);
}

static void comes_in(const uint8_t *from, unsigned port)
{
    uplink_dns_in(&dns, frame, len);
    CU_ASSERT_EQUAL(memcmp(frame + HEADER + 12, from, 4), 0);
    CU_ASSERT_EQUAL(get(segment_of()), port);
    CU_ASSERT_EQUAL(check_ip(), 0);
    CU_ASSERT_EQUAL(check_data(), 0);
}

static void test_there_and_back(void)
{
    static const unsigned protos[] = {UDP, TCP};

    srand(1);
    for (unsigned i = 0; i < 2000; i++) {
        const unsigned proto = protos[i % 2], options = i % 3 * 4,
                       port = 1024 + (unsigned)rand() % 60000;

        start();
        make(proto, persona, port, named, 53, options);
        goes_out(other, 5353);
        make(proto, other, 5353, persona, port, options);
        comes_in(named, 53);
        make(proto, other, 5353, persona, port ^ 1, options); /* it has not asked */
        comes_in(other, 5353);
        make(proto == UDP ? TCP : UDP, other, 5353, persona, port, options);
        comes_in(other, 5353);
    }
}

/* Who asks that very server by its own address hears it by its own address. */
static void test_asked_directly(void)
{
    start();
    make(UDP, persona, PERSONA, named, 53, 0);
    goes_out(other, 5353);
    make(UDP, persona, PERSONA, other, 5353, 0);
    goes_out(other, 5353);
    make(UDP, other, 5353, persona, PERSONA, 0);
    comes_in(other, 5353);
}

static void test_all_else_stays(void)
{
    start();
    make(UDP, persona, PERSONA, named, 69, 0);
    goes_out(named, 69);
    make(UDP, persona, PERSONA, persona, 53, 0);
    goes_out(persona, 53);
    make(UDP, persona, PERSONA, named, 53, 0);
    dns.on = false;
    goes_out(named, 53);
}

/* UDP without a checksum keeps none. */
static void test_no_checksum(void)
{
    start();
    make(UDP, persona, PERSONA, named, 53, 0);
    put(frame + HEADER + 20 + 6, 0);
    CU_ASSERT_TRUE(uplink_dns_out(&dns, frame, len));
    CU_ASSERT_EQUAL(memcmp(frame + HEADER + 16, other, 4), 0);
    CU_ASSERT_EQUAL(get(frame + HEADER + 20 + 6), 0);
}

static void test_ipv6_is_silent(void)
{
    start();
    memset(frame, 0, sizeof(frame));
    put(frame + 12, 0x86dd);
    memcpy(frame + HEADER + 24, dns.named6, 16);
    CU_ASSERT_FALSE(uplink_dns_out(&dns, frame, 100));
    frame[HEADER + 39] = 4;
    CU_ASSERT_TRUE(uplink_dns_out(&dns, frame, 100));
}

/* Any bytes of any length: nothing is read or written behind them (sanitizers). */
static void test_hostile(void)
{
    unsigned changed = 0;

    start();
    for (unsigned i = 0; i < 200000; i++) {
        const size_t size = (size_t)rand() % 80;
        uint8_t *data = malloc(size ? size : 1), *before = malloc(size ? size : 1);

        make(i % 2 ? UDP : TCP, persona, PERSONA, named, 53, 0);
        for (unsigned n = (unsigned)rand() % 4; n; n--) {
            frame[rand() % 64] = (uint8_t)rand();
        }
        memcpy(data, frame, size);
        memcpy(before, frame, size);
        uplink_dns_out(&dns, data, size);
        uplink_dns_in(&dns, data, size);
        changed += memcmp(data, before, size) != 0;
        free(data);
        free(before);
    }
    CU_ASSERT_TRUE(changed > 10000);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"there and back", test_there_and_back},
                                        {"asked directly", test_asked_directly},
                                        {"all else stays", test_all_else_stays},
                                        {"no checksum", test_no_checksum},
                                        {"IPv6 is silent", test_ipv6_is_silent},
                                        {"hostile frames", test_hostile},
                                        CU_TEST_INFO_NULL};

    return run_suite("name server", tests);
}
