/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A persona's firewall: which frames pass, by rules, and that what cannot be judged does not. */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

#include "uplink_firewall.h"

#include "inet.h"
#include "suite.h"

#define HEADER 14u /* Ethernet's */
#define IP4    20u
#define IP6    40u
#define SYN    0x02
#define ACK    0x10
#define ICMP6  58

static const uint8_t me[] = {10, 0, 2, 15}, host[] = {10, 0, 2, 2}, names[] = {10, 0, 2, 3},
                     far[] = {192, 0, 2, 77}, everyone[] = {255, 255, 255, 255};
static const uint8_t far6[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 7};
static const uint8_t host6[16] = {0xfe, 0xc0, [15] = 2}, names6[16] = {0xfe, 0xc0, [15] = 3};

static UplinkFirewall firewall;
static uint8_t frame[128];
static size_t len;

static void start(void)
{
    static const uint8_t net[] = {10, 0, 2}, net6[] = {0xfe, 0xc0};

    memset(&firewall, 0, sizeof(firewall));
    memcpy(firewall.rules.net, net, sizeof(net));
    memcpy(firewall.rules.net6, net6, sizeof(net6));
}

static UplinkRule *rule(bool allow, unsigned protocol, UplinkPlace place)
{
    UplinkRule *it = &firewall.rules.rule[firewall.rules.count++];

    *it = (UplinkRule){
        .allow = allow, .protocol = (uint8_t)protocol, .place = place, .last = UINT16_MAX};
    return it;
}

static void to_net(UplinkRule *it, unsigned version, const uint8_t *address, unsigned bits)
{
    it->version = (uint8_t)version;
    it->bits = (uint8_t)bits;
    memcpy(it->address, address, version == 4 ? 4 : 16);
}

/* A frame of a segment or datagram to that port, or of ICMP of that type. */
static void make(unsigned protocol, const uint8_t *to, unsigned port)
{
    uint8_t *ip = frame + HEADER, *data = ip + IP4;

    memset(frame, 0, sizeof(frame));
    put(frame + 12, 0x0800);
    len = HEADER + IP4 + 24;
    ip[0] = 0x45;
    put(ip + 2, IP4 + 24);
    ip[9] = (uint8_t)protocol;
    memcpy(ip + 12, me, 4);
    memcpy(ip + 16, to, 4);
    put(data, 40000);
    put(data + 2, port);
    data[13] = SYN;
}

static void make6(unsigned protocol, const uint8_t *to, unsigned port)
{
    uint8_t *ip = frame + HEADER, *data = ip + IP6;

    memset(frame, 0, sizeof(frame));
    put(frame + 12, 0x86dd);
    len = HEADER + IP6 + 24;
    ip[0] = 0x60;
    put(ip + 4, 24);
    ip[6] = (uint8_t)protocol;
    memcpy(ip + 24, to, 16);
    put(data, 40000);
    put(data + 2, port);
    data[13] = SYN;
}

static bool passes(void)
{
    return uplink_firewall_out(&firewall, frame, len);
}

static bool passes_to(unsigned protocol, const uint8_t *to, unsigned port)
{
    make(protocol, to, port);
    return passes();
}

static bool passes_to6(unsigned protocol, const uint8_t *to, unsigned port)
{
    make6(protocol, to, port);
    return passes();
}

static void test_no_rules(void)
{
    start();
    CU_ASSERT_TRUE(passes_to(UPLINK_TCP, far, 80));
    CU_ASSERT_TRUE(passes_to6(UPLINK_UDP, far6, 80));
    put(frame + 12, 0x8100);
    CU_ASSERT_TRUE(passes());
    len = 12;
    CU_ASSERT_TRUE(passes());
}

static void test_last_decides(void)
{
    UplinkRule *it;

    start();
    rule(false, UPLINK_ANY, UPLINK_ANYWHERE);
    CU_ASSERT_FALSE(passes_to(UPLINK_TCP, far, 443));
    CU_ASSERT_FALSE(passes_to6(UPLINK_TCP, far6, 443));
    CU_ASSERT_FALSE(passes_to(47, far, 0));
    it = rule(true, UPLINK_TCP, UPLINK_ADDRESS);
    to_net(it, 4, far, 24);
    it->address[3] = 0;
    it->first = it->last = 443;
    CU_ASSERT_TRUE(passes_to(UPLINK_TCP, far, 443));
    CU_ASSERT_FALSE(passes_to(UPLINK_TCP, far, 444));
    CU_ASSERT_FALSE(passes_to(UPLINK_UDP, far, 443));
    CU_ASSERT_FALSE(passes_to(UPLINK_TCP, host, 443));
    CU_ASSERT_FALSE(passes_to6(UPLINK_TCP, far6, 443));
    rule(true, UPLINK_ANY, UPLINK_ANYWHERE);
    CU_ASSERT_TRUE(passes_to(UPLINK_UDP, far, 9));
}

static void test_ports(void)
{
    UplinkRule *it;

    start();
    it = rule(false, UPLINK_ANY, UPLINK_ANYWHERE);
    it->first = 8000;
    it->last = 8999;
    CU_ASSERT_TRUE(passes_to(UPLINK_TCP, far, 7999));
    CU_ASSERT_FALSE(passes_to(UPLINK_TCP, far, 8000));
    CU_ASSERT_FALSE(passes_to(UPLINK_UDP, far, 8999));
    CU_ASSERT_TRUE(passes_to(UPLINK_UDP, far, 9000));
    CU_ASSERT_TRUE(passes_to(UPLINK_ICMP, far, 8500)); /* it has none */
    CU_ASSERT_FALSE(passes_to6(UPLINK_TCP, far6, 8500));
}

/* Bits that do not end at a byte. */
static void test_networks(void)
{
    static const uint8_t net[] = {192, 0, 2, 64};
    uint8_t address[4] = {192, 0, 2, 0};

    start();
    to_net(rule(false, UPLINK_ANY, UPLINK_ADDRESS), 4, net, 26);
    for (unsigned i = 0; i < 256; i++) {
        address[3] = (uint8_t)i;
        CU_ASSERT_EQUAL(passes_to(UPLINK_TCP, address, 80), i < 64 || i >= 128);
    }
    start();
    to_net(rule(false, UPLINK_ANY, UPLINK_ADDRESS), 6, far6, 128);
    CU_ASSERT_FALSE(passes_to6(UPLINK_TCP, far6, 80));
    CU_ASSERT_TRUE(passes_to6(UPLINK_TCP, names6, 80));
    CU_ASSERT_TRUE(passes_to(UPLINK_TCP, far, 80));
}

static void test_host_and_names(void)
{
    static const uint8_t local[16] = {0xfe, 0x80, [15] = 2}, group[16] = {0xff, 2, [15] = 1},
                         odd[16] = {0xfe, 0xc0, [15] = 99};

    start();
    rule(false, UPLINK_ANY, UPLINK_HOST);
    CU_ASSERT_FALSE(passes_to(UPLINK_TCP, host, 80));
    CU_ASSERT_FALSE(passes_to(UPLINK_UDP, everyone, 5353));
    CU_ASSERT_TRUE(passes_to(UPLINK_UDP, names, 53));
    CU_ASSERT_TRUE(passes_to(UPLINK_TCP, far, 80));
    CU_ASSERT_FALSE(passes_to6(UPLINK_TCP, host6, 80));
    CU_ASSERT_FALSE(passes_to6(UPLINK_TCP, odd, 80));
    CU_ASSERT_FALSE(passes_to6(UPLINK_TCP, local, 80));
    CU_ASSERT_FALSE(passes_to6(UPLINK_UDP, group, 80));
    CU_ASSERT_TRUE(passes_to6(UPLINK_UDP, names6, 53));
    rule(false, UPLINK_ANY, UPLINK_NAMES);
    CU_ASSERT_FALSE(passes_to(UPLINK_UDP, names, 53));
    CU_ASSERT_FALSE(passes_to6(UPLINK_UDP, names6, 53));
}

/* What the host's kernel would take for another address than the rule says. */
static void test_other_names_of_an_address(void)
{
    static const uint8_t loopback[] = {127, 0, 0, 1}, zero[] = {0, 0, 0, 0};
    static const uint8_t loopback6[16] = {[15] = 1};
    static const uint8_t mapped[16] = {[10] = 0xff, 0xff, 192, 0, 2, 77};
    static const uint8_t nat64[16] = {0, 0x64, 0xff, 0x9b, [12] = 192, 0, 2, 77};
    static const uint8_t other64[16] = {0, 0x64, 0xff, 0x9b, [12] = 192, 0, 2, 78};
    static const uint8_t to4[16] = {0x20, 2, 192, 0, 2, 77, [15] = 1};

    start();
    to_net(rule(false, UPLINK_ANY, UPLINK_ADDRESS), 4, far, 32);
    CU_ASSERT_FALSE(passes_to(UPLINK_TCP, loopback, 80));
    CU_ASSERT_FALSE(passes_to(UPLINK_TCP, zero, 80));
    CU_ASSERT_FALSE(passes_to6(UPLINK_TCP, loopback6, 80));
    CU_ASSERT_FALSE(passes_to6(UPLINK_TCP, mapped, 80));
    CU_ASSERT_FALSE(passes_to6(UPLINK_TCP, nat64, 80));
    CU_ASSERT_FALSE(passes_to6(UPLINK_TCP, to4, 80));
    CU_ASSERT_TRUE(passes_to6(UPLINK_TCP, other64, 80));
}

static void test_network_itself(void)
{
    static const uint8_t dhcp6[16] = {0xff, 2, [13] = 1, 0, 2};

    start();
    rule(false, UPLINK_ANY, UPLINK_ANYWHERE);
    CU_ASSERT_TRUE(passes_to(UPLINK_UDP, everyone, 67));
    CU_ASSERT_TRUE(passes_to(UPLINK_UDP, host, 67));
    CU_ASSERT_FALSE(passes_to(UPLINK_UDP, far, 67));
    CU_ASSERT_FALSE(passes_to(UPLINK_TCP, host, 67));
    CU_ASSERT_TRUE(passes_to6(UPLINK_UDP, dhcp6, 547));
    for (unsigned type = 0; type < 256; type++) {
        make6(ICMP6, host6, 0);
        frame[HEADER + IP6] = (uint8_t)type;
        CU_ASSERT_EQUAL(passes(), type >= 133 && type <= 136);
    }
    memset(frame, 0, sizeof(frame));
    put(frame + 12, 0x0806);
    len = 42;
    CU_ASSERT_TRUE(passes());
}

/* A frame that begins a connection from a port of the host. */
static void comes_in(unsigned from_port, unsigned flags)
{
    uint8_t *ip = frame + HEADER;

    make(UPLINK_TCP, me, 22);
    memcpy(ip + 12, host, 4);
    put(ip + IP4, from_port);
    ip[IP4 + 13] = (uint8_t)flags;
    uplink_firewall_in(&firewall, frame, len);
}

static bool answers(unsigned port, unsigned flags)
{
    make(UPLINK_TCP, host, port);
    put(frame + HEADER + IP4, 22);
    frame[HEADER + IP4 + 13] = (uint8_t)flags;
    return passes();
}

static void test_forwarded(void)
{
    start();
    rule(false, UPLINK_ANY, UPLINK_ANYWHERE);
    CU_ASSERT_FALSE(answers(50000, SYN | ACK));
    comes_in(50000, ACK); /* of a connection that nobody began */
    CU_ASSERT_FALSE(answers(50000, SYN | ACK));
    comes_in(50000, SYN);
    CU_ASSERT_TRUE(answers(50000, SYN | ACK));
    CU_ASSERT_TRUE(answers(50000, ACK));
    CU_ASSERT_FALSE(answers(50001, ACK));
    CU_ASSERT_FALSE(answers(50000, SYN)); /* a connection of its own, and no answer */
    CU_ASSERT_FALSE(answers(50000, ACK));
}

/* One that came in before there were rules goes on. */
static void test_forwarded_before(void)
{
    start();
    comes_in(50000, SYN);
    CU_ASSERT_TRUE(answers(50000, SYN | ACK));
    rule(false, UPLINK_ANY, UPLINK_ANYWHERE);
    CU_ASSERT_TRUE(answers(50000, ACK));
}

/* Any rule is enough: what cannot be judged does not pass, though nothing forbids it. */
static void test_fails_closed(void)
{
    uint8_t *ip = frame + HEADER;
    static const unsigned types[] = {0x8100, 0x88a8, 0x8864, 0x0026, 0x86de};

    start();
    rule(true, UPLINK_ANY, UPLINK_ANYWHERE);
    CU_ASSERT_TRUE(passes_to(UPLINK_TCP, far, 80));
    for (unsigned i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        make(UPLINK_TCP, far, 80);
        put(frame + 12, types[i]);
        CU_ASSERT_FALSE(passes());
    }
    make(UPLINK_TCP, far, 80);
    for (len = 0; len < HEADER + IP4 + 24; len++) {
        CU_ASSERT_FALSE(passes()); /* shorter than its header says */
    }
    for (unsigned bytes = 0; bytes < IP4 + 20; bytes++) {
        make(UPLINK_TCP, far, 80);
        put(ip + 2, bytes); /* no whole TCP header */
        CU_ASSERT_FALSE(passes());
    }
    make(UPLINK_TCP, far, 80);
    put(ip + 6, 0x2000); /* more fragments */
    CU_ASSERT_FALSE(passes());
    put(ip + 6, 0x0001); /* one behind the first */
    CU_ASSERT_FALSE(passes());
    put(ip + 6, 0x4000); /* "do not fragment" is none */
    CU_ASSERT_TRUE(passes());
    ip[0] = 0x44;
    CU_ASSERT_FALSE(passes());
    ip[0] = 0x55;
    CU_ASSERT_FALSE(passes());
    ip[0] = 0x4b; /* a header that leaves none for TCP */
    CU_ASSERT_FALSE(passes());
}

static void test_options(void)
{
    uint8_t *ip = frame + HEADER;
    UplinkRule *it;

    start();
    it = rule(false, UPLINK_TCP, UPLINK_ANYWHERE);
    it->first = it->last = 80;
    make(UPLINK_TCP, far, 443);
    ip[0] = 0x46;
    put(ip + 2, IP4 + 28);
    len += 4;
    memmove(ip + 24, ip + 20, 20);
    put(ip + 26, 80); /* the real port; where it would be without options there is another */
    CU_ASSERT_FALSE(passes());
    put(ip + 26, 81);
    put(ip + 22, 80);
    CU_ASSERT_TRUE(passes());
}

static void test_fails_closed6(void)
{
    static const unsigned extensions[] = {0, 43, 44, 50, 51, 59, 60, 135, 139, 140, 253, 1};

    start();
    rule(true, UPLINK_ANY, UPLINK_ANYWHERE);
    CU_ASSERT_TRUE(passes_to6(UPLINK_TCP, far6, 80));
    CU_ASSERT_TRUE(passes_to6(ICMP6, far6, 80));
    for (unsigned i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++) {
        CU_ASSERT_FALSE(passes_to6(extensions[i], far6, 80));
    }
    make6(UPLINK_TCP, far6, 80);
    for (len = 0; len < HEADER + IP6 + 24; len++) {
        CU_ASSERT_FALSE(passes());
    }
    make6(UPLINK_UDP, far6, 80);
    put(frame + HEADER + 4, 7);
    CU_ASSERT_FALSE(passes());
}

/*
 * Any bytes of any length: nothing is read behind them (sanitizers), and what is forbidden does not
 * pass: not one with the address and the port where they belong.
 */
static void test_hostile(void)
{
    unsigned passed = 0;

    start();
    rule(false, UPLINK_TCP, UPLINK_ANYWHERE);
    srand(1);
    for (unsigned i = 0; i < 300000; i++) {
        const size_t size = (size_t)rand() % 90;
        uint8_t *data = malloc(size ? size : 1);
        bool pass;

        if (i % 2) {
            make(UPLINK_TCP, far, 80);
        } else {
            make6(UPLINK_TCP, far6, 80);
        }
        for (unsigned n = (unsigned)rand() % 4; n; n--) {
            frame[(unsigned)rand() % 80] = (uint8_t)rand();
        }
        memcpy(data, frame, size);
        pass = uplink_firewall_out(&firewall, data, size);
        uplink_firewall_in(&firewall, data, size);
        passed += pass;
        CU_ASSERT_TRUE(!pass || get(data + 12) == 0x0806 ||
                       data[HEADER + (i % 2 ? 9 : 6)] != UPLINK_TCP);
        free(data);
    }
    CU_ASSERT_TRUE(passed > 100);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"no rules", test_no_rules},
        {"the last one decides", test_last_decides},
        {"ports", test_ports},
        {"networks", test_networks},
        {"host and names", test_host_and_names},
        {"other names of an address", test_other_names_of_an_address},
        {"the network itself", test_network_itself},
        {"forwarded ports", test_forwarded},
        {"forwarded before", test_forwarded_before},
        {"fails closed", test_fails_closed},
        {"options", test_options},
        {"fails closed, IPv6", test_fails_closed6},
        {"hostile frames", test_hostile},
        CU_TEST_INFO_NULL};

    return run_suite("firewall", tests);
}
