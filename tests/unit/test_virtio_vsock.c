/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The socket device (5.10), a driver that does what Linux's does, and a service that gives back
 * what it gets. */
#include <CUnit/Basic.h>
#include <string.h>

#include "suite.h"
#include "virtio_fake.h"

#define PORT   1024u        /* of the guest */
#define ROOM   (256u << 10) /* that the guest says it has */
#define BUFFER 4096u

enum op { REQUEST = 1, RESPONSE, RST, SHUTDOWN, RW, CREDIT_UPDATE, CREDIT_REQUEST };

struct __attribute__((packed)) packet {
    uint64_t src_cid, dst_cid;
    uint32_t src_port, dst_port, len;
    uint16_t type, op;
    uint32_t flags, buf_alloc, fwd_cnt;
};

static struct fake_queue rx, tx, event;
static uint64_t buffer[256]; /* by head of rx */

static void give_buffers(unsigned count, uint32_t len)
{
    for (unsigned i = 0; i < count; i++) {
        const struct fake_buf buf = {fake_alloc(len, 8), len, true};
        const int head = fake_add(&rx, &buf, 1, false);

        CU_ASSERT_TRUE_FATAL(head >= 0);
        buffer[head] = buf.ipa;
    }
    fake_kick(&rx);
    fake_timers();
}

static void start(unsigned buffers)
{
    fake_start();
    CU_ASSERT_NOT_EQUAL_FATAL(fake_negotiate(SLOT_VSOCK, FAKE_VERSION1 | 1), 0);
    fake_queue_start(&rx, SLOT_VSOCK, 0, 0);
    fake_queue_start(&tx, SLOT_VSOCK, 1, 0);
    fake_queue_start(&event, SLOT_VSOCK, 2, 0);
    fake_driver_ok(SLOT_VSOCK);
    give_buffers(buffers, BUFFER);
}

static struct packet packet_of(enum op op, const char *text)
{
    return (struct packet){.src_cid = FAKE_CID,
                           .dst_cid = VSOCK_HOST,
                           .src_port = PORT,
                           .dst_port = FAKE_ECHO,
                           .len = (uint32_t)strlen(text),
                           .type = 1,
                           .op = (uint16_t)op,
                           .buf_alloc = ROOM};
}

static void send_packet(const struct packet *packet, const void *data, uint32_t len)
{
    const struct fake_buf buf[2] = {{fake_alloc(sizeof(*packet), 8), sizeof(*packet), false},
                                    {fake_alloc(len + 1, 8), len, false}};

    memcpy(fake_at(buf[0].ipa), packet, sizeof(*packet));
    memcpy(fake_at(buf[1].ipa), data, len);
    CU_ASSERT_TRUE_FATAL(fake_add(&tx, buf, len ? 2 : 1, false) >= 0);
    fake_kick(&tx);
    fake_timers();
    while (fake_get(&tx, NULL) >= 0) {
        ;
    }
}

static void send_op(enum op op, const char *text)
{
    const struct packet packet = packet_of(op, text);

    send_packet(&packet, text, packet.len);
}

/* The next packet for the guest; op 0: none. Its data stays at *data. */
static struct packet receive(const uint8_t **data)
{
    struct packet packet = {0};
    uint32_t written;
    const int head = fake_get(&rx, &written);

    if (head >= 0) {
        memcpy(&packet, fake_at(buffer[head]), sizeof(packet));
        CU_ASSERT_EQUAL(written, sizeof(packet) + packet.len);
        if (data) {
            *data = (const uint8_t *)fake_at(buffer[head]) + sizeof(packet);
        }
    }
    return packet;
}

static void expect(enum op op)
{
    const struct packet packet = receive(NULL);

    CU_ASSERT_EQUAL(packet.op, op);
    CU_ASSERT_EQUAL(packet.type, 1);
    CU_ASSERT_EQUAL(packet.src_cid, VSOCK_HOST);
    CU_ASSERT_EQUAL(packet.dst_cid, FAKE_CID);
    CU_ASSERT_EQUAL(packet.src_port, FAKE_ECHO);
    CU_ASSERT_EQUAL(packet.dst_port, PORT);
}

static void expect_nothing(void)
{
    CU_ASSERT_EQUAL(receive(NULL).op, 0);
}

static void begin(unsigned buffers)
{
    start(buffers);
    send_op(REQUEST, "");
    expect(RESPONSE);
    CU_ASSERT_EQUAL(fake.echoes, 1);
}

static void test_identity(void)
{
    fake_start();
    CU_ASSERT_EQUAL(fake_read(SLOT_VSOCK, 0x8), 19);
    CU_ASSERT_EQUAL(fake_read(SLOT_VSOCK, 0x100), FAKE_CID);
    CU_ASSERT_EQUAL(fake_read(SLOT_VSOCK, 0x104), 0);
    fake_end();
}

static void test_talk(void)
{
    const uint8_t *data;
    struct packet packet;

    begin(8);
    send_op(RW, "hello");
    packet = receive(&data);
    CU_ASSERT_EQUAL(packet.op, RW);
    CU_ASSERT_EQUAL(packet.len, 5);
    CU_ASSERT_EQUAL(packet.fwd_cnt, 5);
    CU_ASSERT_TRUE(packet.buf_alloc > 0);
    CU_ASSERT_EQUAL(memcmp(data, "hello", 5), 0);
    send_op(CREDIT_REQUEST, "");
    expect(CREDIT_UPDATE);
    send_op(SHUTDOWN, "");
    expect_nothing();
    packet = packet_of(SHUTDOWN, "");
    packet.flags = 3;
    send_packet(&packet, "", 0);
    expect(RST);
    CU_ASSERT_EQUAL(fake.echoes, 0);
    send_op(RW, "late");
    expect(RST);
    expect_nothing();
    fake_end();
}

/* Only to our own ports; not to another guest, and not in another one's name. */
static void test_refused(void)
{
    struct packet packet;

    start(8);
    packet = packet_of(REQUEST, "");
    packet.dst_port = FAKE_ECHO + 1;
    send_packet(&packet, "", 0);
    packet = receive(NULL);
    CU_ASSERT_EQUAL(packet.op, RST);
    CU_ASSERT_EQUAL(packet.src_port, FAKE_ECHO + 1);

    packet = packet_of(REQUEST, "");
    packet.dst_cid = FAKE_CID + 1;
    send_packet(&packet, "", 0);
    packet = receive(NULL);
    CU_ASSERT_EQUAL(packet.op, RST);
    CU_ASSERT_EQUAL(packet.src_cid, FAKE_CID + 1);
    CU_ASSERT_EQUAL(packet.dst_cid, FAKE_CID);

    packet = packet_of(REQUEST, "");
    packet.type = 2;
    send_packet(&packet, "", 0);
    packet = receive(NULL);
    CU_ASSERT_EQUAL(packet.op, RST);
    CU_ASSERT_EQUAL(packet.type, 2);

    packet = packet_of(REQUEST, "");
    packet.src_cid = FAKE_CID + 1;
    send_packet(&packet, "", 0);
    send_op(RST, "");
    expect_nothing();
    CU_ASSERT_EQUAL(fake.echoes, 0);
    fake_end();
}

/* No more is sent than the guest has room for, whatever it says. */
static void test_credit(void)
{
    struct packet packet;

    start(8);
    packet = packet_of(REQUEST, "");
    packet.buf_alloc = 3;
    send_packet(&packet, "", 0);
    expect(RESPONSE);
    packet = packet_of(RW, "12345");
    packet.buf_alloc = 3;
    send_packet(&packet, "12345", 5);
    packet = receive(NULL);
    CU_ASSERT_EQUAL(packet.op, RW);
    CU_ASSERT_EQUAL(packet.len, 3);
    expect_nothing();
    packet = packet_of(CREDIT_UPDATE, "");
    packet.buf_alloc = 3;
    packet.fwd_cnt = 1;
    send_packet(&packet, "", 0);
    CU_ASSERT_EQUAL(receive(NULL).len, 1);
    packet.fwd_cnt = 1000; /* more than it can have had */
    send_packet(&packet, "", 0);
    expect_nothing();
    packet.fwd_cnt = 4;
    send_packet(&packet, "", 0);
    CU_ASSERT_EQUAL(receive(NULL).len, 1);
    fake_end();
}

/* What finds no buffer waits; what is longer than a buffer comes in several. */
static void test_buffers(void)
{
    static char text[2 * BUFFER];
    uint32_t got = 0;

    memset(text, 'x', sizeof(text) - 1);
    start(0);
    send_op(REQUEST, "");
    send_op(RW, text);
    expect_nothing();
    give_buffers(1, BUFFER);
    expect(RESPONSE);
    give_buffers(1, BUFFER);
    got = receive(NULL).len;
    CU_ASSERT_EQUAL(got, BUFFER - VSOCK_HEADER_BYTES);
    expect_nothing();
    give_buffers(4, BUFFER);
    got += receive(NULL).len;
    got += receive(NULL).len;
    CU_ASSERT_EQUAL(got, strlen(text));
    expect_nothing();
    fake_end();
}

/* Each port of the guest is a connection of its own; there is an end to them, and to those of the
 * service. */
static void test_many(void)
{
    struct packet packet = packet_of(REQUEST, "");

    start(64);
    for (unsigned i = 0; i < FAKE_ECHOES; i++, packet.src_port++) {
        send_packet(&packet, "", 0);
        CU_ASSERT_EQUAL(receive(NULL).op, RESPONSE);
    }
    send_packet(&packet, "", 0);
    CU_ASSERT_EQUAL(receive(NULL).op, RST);
    CU_ASSERT_EQUAL(fake.echoes, FAKE_ECHOES);
    send_op(REQUEST, ""); /* the first one's port again: that is an error */
    expect(RST);
    CU_ASSERT_EQUAL(fake.echoes, FAKE_ECHOES - 1);
    fake_write(SLOT_VSOCK, 0x70, 0);
    CU_ASSERT_EQUAL(fake.echoes, 0);
    CU_ASSERT_EQUAL(fake.complaints, 0);
    fake_end();
}

static void test_service_closes(void)
{
    begin(8);
    send_op(RW, "!");
    expect(RST);
    CU_ASSERT_EQUAL(fake.echoes, 0);
    fake_end();

    begin(8);
    send_op(RST, "");
    expect_nothing();
    CU_ASSERT_EQUAL(fake.echoes, 0);
    fake_end();
}

/* Lengths that are not true, buffers that are none: the device needs a reset, and works after it.
 */
static void test_broken(void)
{
    struct packet packet;

    start(4);
    packet = packet_of(RW, "12345");
    packet.len = 6;
    send_packet(&packet, "12345", 5);
    CU_ASSERT_TRUE(fake_read(SLOT_VSOCK, 0x70) & 0x40);
    CU_ASSERT_EQUAL(fake.complaints, 1);
    fake_end();

    start(0);
    give_buffers(1, VSOCK_HEADER_BYTES);
    send_op(REQUEST, "");
    CU_ASSERT_TRUE(fake_read(SLOT_VSOCK, 0x70) & 0x40);
    CU_ASSERT_EQUAL(fake.echoes, 1);
    fake_write(SLOT_VSOCK, 0x70, 0);
    CU_ASSERT_EQUAL(fake.echoes, 0);
    fake_end();
    test_talk();
}

/* The service that has the device starts again and knows no connection: the guest hears it. */
static void test_lost(void)
{
    begin(8);
    fake.timers = NULL;
    fake.bus.kept = true;
    memset(fake.bus.slot, 0, sizeof(fake.bus.slot));
    fake_attach();
    virtio_bus_resume(&fake.bus);
    fake_timers();
    expect(RST);
    expect_nothing();
    send_op(REQUEST, "");
    expect(RESPONSE);
    fake_end();
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"identity", test_identity},
                                        {"connect, talk, end", test_talk},
                                        {"refused", test_refused},
                                        {"credit", test_credit},
                                        {"buffers", test_buffers},
                                        {"many connections", test_many},
                                        {"the service closes", test_service_closes},
                                        {"broken guest", test_broken},
                                        {"connections that are lost", test_lost},
                                        CU_TEST_INFO_NULL};

    return run_suite("virtio socket", tests);
}
