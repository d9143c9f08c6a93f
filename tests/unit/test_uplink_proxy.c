/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Web servers by a proxy: connections go to relays and answers come from the servers, whole. */
#include <string.h>

#include "uplink_proxy.h"

#include "inet.h"
#include "suite.h"

#define UDP    17u
#define TCP    6u
#define HEADER 14u /* Ethernet's */
#define SYN    0x02u
#define ACK    0x10u

static const uint8_t persona[] = {10, 0, 2, 15}, host[] = {10, 0, 2, 2}, server[] = {192, 0, 2, 7};

static UplinkProxy proxy;
static uint8_t frame[128];
static size_t len;
static unsigned opened, closed, next_port;

static unsigned open_relay(void *opaque, const uint8_t address[4], unsigned port, void **relay)
{
    (void)address;
    (void)port;
    CU_ASSERT_PTR_EQUAL(opaque, &next_port);
    *relay = &opened;
    opened++;
    return next_port ? next_port++ : 0;
}

static void close_relay(void *opaque, void *relay)
{
    CU_ASSERT_PTR_EQUAL(opaque, &next_port);
    CU_ASSERT_PTR_EQUAL(relay, &opened);
    closed++;
}

static void start(void)
{
    memset(&proxy, 0, sizeof(proxy));
    proxy.on = true;
    memcpy(proxy.host, host, 4);
    proxy.relays = (UplinkRelays){open_relay, close_relay, &next_port};
    opened = closed = 0;
    next_port = 40000;
}

/* 0 if both checksums are right. */
static unsigned check(void)
{
    const uint8_t *ip = frame + HEADER;
    const size_t bytes = len - HEADER - 20;
    uint32_t pseudo = ip[9] + (uint32_t)bytes;

    for (unsigned i = 12; i < 20; i += 2) {
        pseudo += get(ip + i);
    }
    return inet_check(pseudo, ip + 20, bytes) | inet_check(0, ip, 20);
}

static void make(unsigned proto, const uint8_t *from, unsigned from_port, const uint8_t *to,
                 unsigned to_port, unsigned flags)
{
    const unsigned data = proto == TCP ? 20 : 8, sum = proto == TCP ? 16 : 6;
    uint8_t *ip = frame + HEADER;
    uint32_t pseudo = proto + data;

    memset(frame, 0, sizeof(frame));
    len = HEADER + 20 + data;
    put(frame + 12, 0x0800);
    ip[0] = 0x45;
    put(ip + 2, 20 + data);
    ip[8] = 64;
    ip[9] = (uint8_t)proto;
    memcpy(ip + 12, from, 4);
    memcpy(ip + 16, to, 4);
    put(ip + 10, inet_check(0, ip, 20));
    put(ip + 20, from_port);
    put(ip + 22, to_port);
    if (proto == TCP) {
        ip[20 + 12] = 0x50;
        ip[20 + 13] = (uint8_t)flags;
    } else {
        put(ip + 24, data);
    }
    for (unsigned i = 12; i < 20; i += 2) {
        pseudo += get(ip + i);
    }
    put(ip + 20 + sum, inet_check(pseudo, ip + 20, data));
    CU_ASSERT_EQUAL(check(), 0);
}

static bool out(unsigned proto, const uint8_t *to, unsigned port, unsigned flags)
{
    make(proto, persona, 50000, to, port, flags);
    return uplink_proxy_out(&proxy, frame, len);
}

static bool goes_to(const uint8_t *to, unsigned port)
{
    return !memcmp(frame + HEADER + 16, to, 4) && get(frame + HEADER + 22) == port && !check();
}

static bool comes_from(const uint8_t *from, unsigned port)
{
    return !memcmp(frame + HEADER + 12, from, 4) && get(frame + HEADER + 20) == port && !check();
}

static void test_both_ways(void)
{
    start();
    CU_ASSERT_TRUE(out(TCP, server, 443, SYN) && goes_to(host, 40000));
    CU_ASSERT_TRUE(out(TCP, server, 443, ACK) && goes_to(host, 40000));
    CU_ASSERT_TRUE(out(TCP, server, 80, SYN) && goes_to(host, 40001));
    CU_ASSERT_EQUAL(opened, 2);
    make(TCP, host, 40000, persona, 50000, SYN | ACK);
    uplink_proxy_in(&proxy, frame, len);
    CU_ASSERT_TRUE(comes_from(server, 443));
    make(TCP, host, 40001, persona, 50000, ACK);
    uplink_proxy_in(&proxy, frame, len);
    CU_ASSERT_TRUE(comes_from(server, 80));
    make(TCP, host, 40002, persona, 50000, ACK);
    uplink_proxy_in(&proxy, frame, len);
    CU_ASSERT_TRUE(comes_from(host, 40002));
    make(TCP, server, 40000, persona, 50000, ACK);
    uplink_proxy_in(&proxy, frame, len);
    CU_ASSERT_TRUE(comes_from(server, 40000));
}

static void test_the_rest(void)
{
    const uint8_t neighbour[] = {10, 0, 2, 3};

    start();
    CU_ASSERT_TRUE(out(TCP, server, 22, SYN) && goes_to(server, 22));
    CU_ASSERT_TRUE(out(TCP, neighbour, 80, SYN) && goes_to(neighbour, 80));
    CU_ASSERT_TRUE(out(TCP, server, 443, ACK) && goes_to(server, 443)); /* it was there before */
    CU_ASSERT_TRUE(out(UDP, server, 53, 0) && goes_to(server, 53));
    CU_ASSERT_FALSE(out(UDP, server, 443, 0));
    CU_ASSERT_EQUAL(opened, 0);
    proxy.on = false;
    CU_ASSERT_TRUE(out(UDP, server, 443, 0));
    CU_ASSERT_TRUE(out(TCP, server, 443, SYN) && goes_to(server, 443));
}

static void test_ipv6(void)
{
    start();
    memset(frame, 0, sizeof(frame));
    put(frame + 12, 0x86dd);
    frame[HEADER] = 0x60;
    put(frame + HEADER + 4, 20);
    frame[HEADER + 6] = TCP;
    put(frame + HEADER + 42, 443);
    len = HEADER + 60;
    CU_ASSERT_FALSE(uplink_proxy_out(&proxy, frame, len));
    put(frame + HEADER + 42, 22);
    CU_ASSERT_TRUE(uplink_proxy_out(&proxy, frame, len));
}

static void test_cut_frames(void)
{
    start();
    for (size_t cut = 0; cut < HEADER + 40; cut++) {
        make(TCP, persona, 50000, server, 443, SYN);
        CU_ASSERT_TRUE(uplink_proxy_out(&proxy, frame, cut));
        uplink_proxy_in(&proxy, frame, cut);
        CU_ASSERT_TRUE(goes_to(server, 443));
    }
    CU_ASSERT_EQUAL(opened, 0);
}

/* The server that nobody has asked for the longest time makes room. */
static void test_many_servers(void)
{
    uint8_t other[4] = {198, 51, 100, 0};

    start();
    for (unsigned i = 0; i < UPLINK_SERVERS; i++) {
        other[3] = (uint8_t)i;
        CU_ASSERT_TRUE(out(TCP, other, 443, SYN) && goes_to(host, 40000 + i));
    }
    other[3] = 0;
    CU_ASSERT_TRUE(out(TCP, other, 443, ACK));
    CU_ASSERT_EQUAL(closed, 0);
    CU_ASSERT_TRUE(out(TCP, server, 443, SYN));
    CU_ASSERT_EQUAL(closed, 1);
    CU_ASSERT_TRUE(out(TCP, other, 443, ACK) && goes_to(host, 40000));
    other[3] = 1;
    CU_ASSERT_TRUE(out(TCP, other, 443, ACK) && goes_to(other, 443));
    uplink_proxy_forget(&proxy);
    CU_ASSERT_EQUAL(closed, opened);
}

static void test_no_relay(void)
{
    start();
    next_port = 0;
    CU_ASSERT_FALSE(out(TCP, server, 443, SYN));
    CU_ASSERT_EQUAL(opened, 1);
    uplink_proxy_forget(&proxy);
    CU_ASSERT_EQUAL(closed, 0);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"both ways", test_both_ways},
                                        {"the rest", test_the_rest},
                                        {"IPv6", test_ipv6},
                                        {"cut frames", test_cut_frames},
                                        {"many servers", test_many_servers},
                                        {"no relay", test_no_relay},
                                        CU_TEST_INFO_NULL};

    return run_suite("web servers by a proxy", tests);
}
