/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Checksums and cut TCP data of the network device: virtio 1.2, 5.1.6.2. */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

#include "virtio/offload.h"
#include "virtio_fake.h"

#include "inet.h"
#include "suite.h"

#define ETHER 14u
#define MOST  1514u
#define FIN   0x01u
#define PSH   0x08u
#define ACK   0x10u
#define CWR   0x80u

static uint8_t big[OFFLOAD_MAX + 1];
static size_t len;
static struct offload_header header;

/* TCP data with headers as Linux leaves them: its checksum is the pseudo header's. */
static void make(bool v6, unsigned ip_options, unsigned tcp_options, size_t data, unsigned size)
{
    const unsigned ip_bytes = v6 ? 40 : 20 + ip_options, tcp_bytes = 20 + tcp_options;
    uint8_t *ip = big + ETHER, *tcp = ip + ip_bytes;

    memset(big, 0, 200);
    len = ETHER + ip_bytes + tcp_bytes + data;
    for (size_t i = len - data; i < len; i++) {
        big[i] = (uint8_t)rand();
    }
    put(big + 12, v6 ? 0x86dd : 0x0800);
    ip[0] = (uint8_t)(v6 ? 0x60 : 0x40 | ip_bytes / 4);
    ip[v6 ? 6 : 9] = 6;
    put(ip + (v6 ? 4 : 2), (unsigned)(len - ETHER - (v6 ? 40 : 0)) & 0xffff);
    if (!v6) {
        put(ip + 4, 0xfffe);
    }
    memset(ip + (v6 ? 8 : 12), 0x5a, v6 ? 32 : 8);
    put(tcp + 4, 0xffff);
    put(tcp + 6, 0xff00);
    tcp[12] = (uint8_t)(tcp_bytes / 4 << 4);
    tcp[13] = FIN | PSH | ACK | CWR;
    header = (struct offload_header){.flags = OFFLOAD_NEEDS_CSUM,
                                     .gso_type = v6 ? OFFLOAD_GSO_TCPV6 : OFFLOAD_GSO_TCPV4,
                                     .gso_size = (uint16_t)size,
                                     .csum_start = (uint16_t)(ETHER + ip_bytes),
                                     .csum_offset = 16};
}

static bool plan_it(struct offload *plan)
{
    uint8_t *start = malloc(OFFLOAD_HEADERS);
    const size_t bytes = len < OFFLOAD_HEADERS ? len : OFFLOAD_HEADERS;
    bool ok;

    memcpy(start, big, bytes);
    ok = offload_plan(plan, &header, start, bytes, len, MOST);
    free(start);
    return ok;
}

static void check_frame(bool v6, const uint8_t *frame, const struct offload *plan, uint32_t at,
                        uint32_t data)
{
    const uint8_t *ip = frame + ETHER, *tcp = frame + plan->tcp;
    const unsigned bytes = plan->header_bytes - plan->tcp + data;
    const bool last = at + data == plan->total;
    uint32_t pseudo = 6 + bytes;

    for (const uint8_t *a = ip + (v6 ? 8 : 12); a < ip + (v6 ? 40 : 20); a += 2) {
        pseudo += get(a);
    }
    CU_ASSERT_EQUAL(inet_check(pseudo, tcp, bytes), 0);
    if (v6) {
        CU_ASSERT_EQUAL(get(ip + 4), bytes);
    } else {
        CU_ASSERT_EQUAL(inet_check(0, ip, plan->tcp - ETHER), 0);
        CU_ASSERT_EQUAL(get(ip + 2), plan->tcp - ETHER + bytes);
        CU_ASSERT_EQUAL(get(ip + 4), (0xfffe + at / plan->size) & 0xffff);
    }
    CU_ASSERT_EQUAL((uint32_t)get(tcp + 4) << 16 | get(tcp + 6), 0xffffff00u + at);
    CU_ASSERT_EQUAL(tcp[13], ACK | (at ? 0 : CWR) | (last ? FIN | PSH : 0));
    CU_ASSERT_EQUAL(memcmp(frame + plan->header_bytes, big + plan->header_bytes + at, data), 0);
}

static void cut(bool v6, unsigned ip_options, unsigned tcp_options, size_t data, unsigned size)
{
    struct offload plan;
    uint8_t *frame = malloc(MOST);
    uint32_t at = 0;

    make(v6, ip_options, tcp_options, data, size);
    CU_ASSERT_TRUE_FATAL(plan_it(&plan));
    CU_ASSERT_EQUAL(plan.total, data);
    for (; at < plan.total; at += plan.size) {
        const uint32_t part = plan.total - at < size ? plan.total - at : size;

        memcpy(frame + plan.header_bytes, big + plan.header_bytes + at, part);
        offload_finish(&plan, frame, at, part);
        check_frame(v6, frame, &plan, at, part);
    }
    free(frame);
}

static void test_cut(void)
{
    for (unsigned v6 = 0; v6 < 2; v6++) {
        cut(v6, 0, 12, 64000, 1428);
        cut(v6, 0, 0, 1460 * 3, v6 ? 1440 : 1460);
        cut(v6, 0, 0, 1, 536);
        cut(v6, 40, 40, 5001, 1380);
        cut(v6, 0, 0, 65535 - 60, 64);
    }
}

static void refused(void)
{
    struct offload plan;

    CU_ASSERT_FALSE(plan_it(&plan));
}

static void test_cut_refused(void)
{
    make(false, 0, 12, 4000, 1449);
    refused(); /* longer than a frame */
    make(false, 0, 12, 4000, 63);
    refused();
    make(false, 0, 12, 0, 1448);
    refused();
    make(false, 0, 12, 4000, 1448);
    header.flags = 0;
    refused();
    header.flags = OFFLOAD_NEEDS_CSUM;
    header.gso_type = OFFLOAD_GSO_TCPV6;
    refused();
    header.gso_type = 3; /* UDP */
    refused();
    header.gso_type = OFFLOAD_GSO_TCPV4 | 0x80; /* ECN was not offered */
    refused();
    make(false, 0, 12, 4000, 1448);
    big[ETHER + 9] = 17;
    refused();
    make(false, 0, 12, 4000, 1448);
    put(big + ETHER + 6, 0x2000); /* a fragment */
    refused();
    make(false, 0, 12, 4000, 1448);
    big[ETHER + 20 + 12] = 0x40;
    refused();
    make(false, 0, 12, 4000, 1448);
    len = OFFLOAD_MAX + 1;
    refused();
}

/* Any start, TCP or UDP, any length. */
static void test_checksum(void)
{
    for (unsigned i = 0; i < 2000; i++) {
        const size_t bytes = 60 + (size_t)rand() % 1000;
        uint8_t *frame = malloc(bytes);
        const unsigned pseudo = (unsigned)rand() & 0xffff;

        for (size_t n = 0; n < bytes; n++) {
            frame[n] = (uint8_t)rand();
        }
        header = (struct offload_header){.csum_start = 34, .csum_offset = i % 2 ? 16 : 6};
        put(frame + 34 + header.csum_offset, pseudo);
        CU_ASSERT_TRUE(offload_checksum(&header, frame, bytes));
        CU_ASSERT_EQUAL(inet_check(pseudo, frame + 34, bytes - 34), 0);
        header.csum_start = (uint16_t)(bytes - 7);
        CU_ASSERT_FALSE(offload_checksum(&header, frame, bytes));
        header.csum_start = UINT16_MAX;
        CU_ASSERT_FALSE(offload_checksum(&header, frame, bytes));
        free(frame);
    }
}

/* Any headers: nothing outside of the frame is read or written (sanitizers), frames are short. */
static void test_hostile(void)
{
    unsigned cuts = 0;

    for (unsigned i = 0; i < 20000; i++) {
        struct offload plan;
        uint8_t *frame = malloc(MOST);

        make(rand() % 2, rand() % 11 * 4, rand() % 11 * 4, (size_t)rand() % 3000,
             64 + rand() % 1500);
        for (unsigned n = (unsigned)rand() % 4; n; n--) {
            big[rand() % 80] = (uint8_t)rand();
            ((uint8_t *)&header)[rand() % 12] ^= (uint8_t)(1 << rand() % 8);
        }
        len = rand() % 8 ? len : (size_t)rand() % 100;
        if (plan_it(&plan)) {
            for (uint32_t at = 0; at < plan.total; at += plan.size) {
                const uint32_t part = plan.total - at < plan.size ? plan.total - at : plan.size;

                memcpy(frame + plan.header_bytes, big, part);
                offload_finish(&plan, frame, at, part);
            }
            cuts++;
        }
        free(frame);
    }
    CU_ASSERT_TRUE(cuts > 1000);
}

/* The same through the device: a driver's chain becomes frames. */
static void test_device(void)
{
    static struct fake_queue tx;
    uint64_t at, features;
    struct fake_buf buf[2];

    fake_start();
    features = fake_negotiate(SLOT_NET, FAKE_VERSION1 | FAKE_INDIRECT | 0xffffff);
    CU_ASSERT_EQUAL(features & 0x1803, 0x1803);
    fake_queue_start(&tx, SLOT_NET, 1, 0);
    fake_driver_ok(SLOT_NET);
    make(false, 0, 12, 10000, 1448);
    at = fake_alloc((uint32_t)len + 12, 8);
    memcpy(fake_at(at), &header, 12);
    memcpy((uint8_t *)fake_at(at) + 12, big, len);
    buf[0] = (struct fake_buf){at, 30, false};
    buf[1] = (struct fake_buf){at + 30, (uint32_t)len - 18, false};
    fake_add(&tx, buf, 2, true);
    fake_kick(&tx);
    CU_ASSERT_TRUE(fake_get(&tx, NULL) >= 0);
    CU_ASSERT_EQUAL(fake.frames, 7);
    CU_ASSERT_EQUAL(fake.frame_len, 66 + 10000 - 6 * 1448);
    CU_ASSERT_EQUAL(memcmp(fake.frame + 66, big + 66 + 6 * 1448, 10000 - 6 * 1448), 0);
    ((struct offload_header *)fake_at(at))->gso_size = 9000;
    fake_add(&tx, buf, 2, true);
    fake_kick(&tx);
    CU_ASSERT_TRUE(fake_get(&tx, NULL) >= 0); /* dropped */
    CU_ASSERT_EQUAL(fake.frames, 7);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x70), 15);
    fake_end();
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"cut", test_cut},
                                        {"cut refused", test_cut_refused},
                                        {"checksum", test_checksum},
                                        {"hostile headers", test_hostile},
                                        {"by the device", test_device},
                                        CU_TEST_INFO_NULL};

    return run_suite("offload", tests);
}
