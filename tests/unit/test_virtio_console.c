/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The virtio console and its ports: virtio 1.2, section 5.3. */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <string.h>

#include "virtio_fake.h"

#define ALL       (FAKE_VERSION1 | FAKE_INDIRECT | FAKE_EVENT | 0xffffff)
#define MULTIPORT 2u

/* Queues: 5.3.2 */
enum { RX, TX, CONTROL_RX, CONTROL_TX, PORT_RX, PORT_TX, QUEUES = CONSOLE_QUEUES };

/* Control messages: 5.3.6.2 */
enum { READY, ADD, REMOVE, PORT_READY, CONSOLE, RESIZE, OPEN, NAME };

struct message {
    uint32_t port;
    uint16_t event, value;
    char name[16];
};

static struct fake_queue queue[QUEUES];
static uint64_t control_at;

static void start(uint64_t wanted)
{
    const uint64_t features = fake_negotiate(SLOT_CONSOLE, wanted);

    for (unsigned i = 0; i < QUEUES; i++) {
        fake_queue_start(&queue[i], SLOT_CONSOLE, i, 0);
        queue[i].event_idx = features & FAKE_EVENT;
    }
    fake_driver_ok(SLOT_CONSOLE);
}

static void give_buffers(unsigned count)
{
    control_at = control_at ? control_at : fake_alloc(4096, 8);
    for (unsigned i = 0; i < count; i++) {
        const struct fake_buf buf = {control_at + 64 * (i % 32), 64, true};

        fake_add(&queue[CONTROL_RX], &buf, 1, false);
    }
    fake_kick(&queue[CONTROL_RX]);
}

static void tell(uint32_t port, uint16_t event, uint16_t value)
{
    const struct message message = {port, event, value, ""};
    const struct fake_buf buf = {fake_alloc(8, 8), 8, false};

    memcpy(fake_at(buf.ipa), &message, 8);
    fake_add(&queue[CONTROL_TX], &buf, 1, false);
    fake_kick(&queue[CONTROL_TX]);
    CU_ASSERT_TRUE(fake_get(&queue[CONTROL_TX], NULL) >= 0);
}

/* The next message of the device; false: none. */
static bool told(struct message *message)
{
    uint32_t written;
    const int head = fake_get(&queue[CONTROL_RX], &written);

    memset(message, 0, sizeof(*message));
    if (head < 0) {
        return false;
    }
    CU_ASSERT_FATAL(written <= sizeof(*message));
    memcpy(message, fake_at(fake_descs(&queue[CONTROL_RX])[head].addr), written);
    return true;
}

static void expect(uint32_t port, uint16_t event, uint16_t value, const char *name)
{
    struct message message;

    CU_ASSERT_TRUE(told(&message));
    CU_ASSERT_EQUAL(message.port, port);
    CU_ASSERT_EQUAL(message.event, event);
    CU_ASSERT_EQUAL(message.value, value);
    CU_ASSERT_STRING_EQUAL(message.name, name);
}

static void expect_nothing(void)
{
    struct message message;

    CU_ASSERT_FALSE(told(&message));
}

/* As Linux does it: which ports are there, what they are, and that a program has opened one. */
static void start_ports(void)
{
    start(ALL);
    give_buffers(16);
    tell(UINT32_MAX, READY, 1);
    tell(0, PORT_READY, 1);
    tell(FAKE_PORT, PORT_READY, 1);
    for (unsigned i = 0; i < 6; i++) {
        struct message message;
        CU_ASSERT_TRUE(told(&message));
    }
    expect_nothing();
    tell(FAKE_PORT, OPEN, 1);
}

static void output(unsigned which, const char *text)
{
    const struct fake_buf buf = {fake_alloc(64, 8), (uint32_t)strlen(text), false};

    memcpy(fake_at(buf.ipa), text, buf.len);
    fake_add(&queue[which], &buf, 1, false);
    fake_kick(&queue[which]);
    CU_ASSERT_TRUE(fake_get(&queue[which], NULL) >= 0);
}

static void test_data(void)
{
    uint64_t at = fake_alloc(64, 8);
    struct fake_buf out[2] = {{at, 3, false}, {at + 10, 4, false}}, in = {at + 20, 4, true};
    uint32_t written;

    start(ALL);
    memcpy(fake_at(at), "abc", 3);
    memcpy(fake_at(at + 10), "defg", 4);
    fake_add(&queue[TX], out, 2, false);
    fake_kick(&queue[TX]);
    CU_ASSERT_EQUAL(memcmp(fake.console, "abcdefg", 7), 0);
    CU_ASSERT_EQUAL(console_input(&fake_devices.console, 0, "hello", 5), 0); /* no buffer yet */
    fake_add(&queue[RX], &in, 1, false);
    CU_ASSERT_EQUAL(console_input(&fake_devices.console, 0, "hello", 5), 4);
    CU_ASSERT_TRUE(fake_get(&queue[RX], &written) >= 0);
    CU_ASSERT_EQUAL(written, 4);
    CU_ASSERT_EQUAL(memcmp(fake_at(at + 20), "hell", 4), 0);
    in.len = 0;
    fake_add(&queue[RX], &in, 1, false); /* a buffer without room does not make it spin */
    CU_ASSERT_EQUAL(console_input(&fake_devices.console, 0, "o", 1), 0);
}

/* A driver that knows of one port gets no other. */
static void test_one_port(void)
{
    start(FAKE_VERSION1);
    give_buffers(4);
    tell(UINT32_MAX, READY, 1);
    tell(FAKE_PORT, PORT_READY, 1);
    tell(FAKE_PORT, OPEN, 1);
    expect_nothing();
    CU_ASSERT_FALSE(fake.port_open);
    output(TX, "hello");
    CU_ASSERT_EQUAL(memcmp(fake.console, "hello", 5), 0);
}

static void test_ports(void)
{
    start(ALL);
    CU_ASSERT_TRUE(fake_devices.console.dev.accepted & MULTIPORT);
    CU_ASSERT_EQUAL(fake_read(SLOT_CONSOLE, 0x104), CONSOLE_PORTS);
    give_buffers(16);
    tell(UINT32_MAX, READY, 1);
    expect(0, ADD, 0, "");
    expect(FAKE_PORT, ADD, 0, "");
    expect_nothing();
    tell(0, PORT_READY, 1);
    expect(0, CONSOLE, 1, "");
    expect(0, OPEN, 1, "");
    tell(FAKE_PORT, PORT_READY, 1);
    expect(FAKE_PORT, NAME, 0, "gnss");
    expect(FAKE_PORT, OPEN, 1, "");
    expect_nothing();
}

/* A driver that has slept says of its ports that they are ready, and does not ask which there are.
 */
static void test_after_sleep(void)
{
    start_ports();
    CU_ASSERT_TRUE(fake.port_open);
    fake_write(SLOT_CONSOLE, 0x70, 0);
    CU_ASSERT_FALSE(fake.port_open);
    start(ALL);
    give_buffers(16);
    tell(FAKE_PORT, PORT_READY, 1);
    tell(FAKE_PORT, OPEN, 1);
    expect(FAKE_PORT, NAME, 0, "gnss");
    expect(FAKE_PORT, OPEN, 1, "");
    CU_ASSERT_TRUE(fake.port_open);
}

/* Messages wait for buffers, each once and in order. */
static void test_few_buffers(void)
{
    start(ALL);
    tell(UINT32_MAX, READY, 1);
    tell(FAKE_PORT, PORT_READY, 1);
    tell(FAKE_PORT, PORT_READY, 1);
    expect_nothing();
    give_buffers(2);
    expect(0, ADD, 0, "");
    expect(FAKE_PORT, ADD, 0, "");
    expect_nothing();
    give_buffers(4);
    expect(FAKE_PORT, NAME, 0, "gnss");
    expect(FAKE_PORT, OPEN, 1, "");
    expect_nothing();
}

static void test_port_data(void)
{
    struct fake_buf in = {fake_alloc(64, 8), 8, true};
    uint32_t written;

    start_ports();
    output(PORT_TX, "PMTK");
    CU_ASSERT_EQUAL(fake.port_len, 4);
    CU_ASSERT_EQUAL(memcmp(fake.port, "PMTK", 4), 0);
    CU_ASSERT_EQUAL(fake.console_len, 0);
    fake_add(&queue[PORT_RX], &in, 1, false);
    CU_ASSERT_EQUAL(console_input(&fake_devices.console, FAKE_PORT, "$GPRMC", 6), 6);
    CU_ASSERT_TRUE(fake_get(&queue[PORT_RX], &written) >= 0);
    CU_ASSERT_EQUAL(written, 6);
    CU_ASSERT_EQUAL(memcmp(fake_at(in.ipa), "$GPRMC", 6), 0);
}

/* What nobody reads is not kept for him; he is told of once, also by a reset. */
static void test_open_and_closed(void)
{
    struct fake_buf in = {fake_alloc(64, 8), 8, true};

    start_ports();
    fake_add(&queue[PORT_RX], &in, 1, false);
    tell(FAKE_PORT, OPEN, 1);
    CU_ASSERT_EQUAL(fake.port_changes, 1);
    tell(FAKE_PORT, OPEN, 0);
    CU_ASSERT_EQUAL(fake.port_changes, 2);
    CU_ASSERT_FALSE(fake.port_open);
    CU_ASSERT_EQUAL(console_input(&fake_devices.console, FAKE_PORT, "x", 1), 0);
    tell(FAKE_PORT, OPEN, 1);
    virtio_bus_reset(&fake.bus);
    CU_ASSERT_FALSE(fake.port_open);
    CU_ASSERT_EQUAL(fake.port_changes, 4);
}

/* Ports and messages that there are not. */
static void test_nonsense(void)
{
    const struct fake_buf buf = {fake_alloc(8, 8), 7, false};

    start(ALL);
    give_buffers(8);
    tell(2, PORT_READY, 1);
    tell(UINT32_MAX, PORT_READY, 1);
    tell(7, OPEN, 1);
    tell(2, OPEN, 1);
    tell(FAKE_PORT, PORT_READY, 0);
    tell(UINT32_MAX, READY, 0);
    tell(FAKE_PORT, NAME, 1);
    tell(FAKE_PORT, 999, 1);
    fake_add(&queue[CONTROL_TX], &buf, 1, false); /* too short */
    fake_kick(&queue[CONTROL_TX]);
    output(PORT_TX + 2, "to a port that is not there");
    expect_nothing();
    CU_ASSERT_EQUAL(fake.port_changes, 0);
    CU_ASSERT_EQUAL(fake.port_len + fake.console_len, 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_CONSOLE, 0x70), 15);
}

static void begin(void)
{
    control_at = 0;
    fake_start();
}

int main(void)
{
    CU_pSuite suite;

    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 1;
    }
    suite = CU_add_suite_with_setup_and_teardown("console", NULL, NULL, begin, fake_end);
    CU_add_test(suite, "bytes of the console", test_data);
    CU_add_test(suite, "a driver without ports", test_one_port);
    CU_add_test(suite, "which ports there are", test_ports);
    CU_add_test(suite, "after a sleep", test_after_sleep);
    CU_add_test(suite, "few buffers", test_few_buffers);
    CU_add_test(suite, "bytes of a port", test_port_data);
    CU_add_test(suite, "open and closed", test_open_and_closed);
    CU_add_test(suite, "nonsense", test_nonsense);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    return CU_get_number_of_failures() != 0;
}
