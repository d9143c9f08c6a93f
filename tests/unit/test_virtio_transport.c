/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* virtio-mmio registers as a driver sees them: virtio 1.2, section 4.2, and 3.1 for the order. */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

#include "virtio_fake.h"

static void test_identity(void)
{
    static const uint32_t id[SLOT_COUNT] = {2, 2, 1, 16, 18, 18, 3, 4, 25, 19};

    for (unsigned s = 0; s < PB_VIO_SLOTS; s++) {
        CU_ASSERT_EQUAL(fake_read(s, 0x00), 0x74726976);
        CU_ASSERT_EQUAL(fake_read(s, 0x04), 2);
        CU_ASSERT_EQUAL(fake_read(s, 0x08), s < SLOT_COUNT ? id[s] : 0);
        CU_ASSERT_EQUAL(fake_read(s, 0x70), 0);
        CU_ASSERT_EQUAL(fake_read(s, 0xb0), UINT32_MAX);
        CU_ASSERT_EQUAL(fake_read(s, 0xb4), UINT32_MAX);
    }
}

static void test_empty_slots(void)
{
    fake.seeded = false;
    fake.no_data = true;
    fake_attach();
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x08), 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_RNG, 0x08), 0);
    fake_write(SLOT_RNG, 0x70, 1);
    fake_write(PB_VIO_SLOTS - 1, 0x70, 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_RNG, 0x70), 0);
    virtio_bus_notify(&fake.bus, SLOT_RNG, UINT32_MAX);
}

static void test_features(void)
{
    fake_write(SLOT_DATA, 0x14, 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x10) & 0x30000000, 0x30000000);
    fake_write(SLOT_DATA, 0x14, 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x10), 1);
    fake_write(SLOT_DATA, 0x14, 2);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x10), 0);
    CU_ASSERT_EQUAL(fake_negotiate(SLOT_DATA, FAKE_VERSION1), FAKE_VERSION1);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 11);
    /* Without VERSION_1 there is no FEATURES_OK, and without that no DRIVER_OK. */
    CU_ASSERT_EQUAL(fake_negotiate(SLOT_DATA, FAKE_EVENT), 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 3);
    fake_write(SLOT_DATA, 0x70, 7);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 3);
}

/* A protected VM must say that it shares what its devices use. */
static void test_protected(void)
{
    const uint64_t both = FAKE_VERSION1 | 1ull << 33;

    fake.bus.access_platform = true;
    fake_attach();
    fake_write(SLOT_DATA, 0x14, 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x10), 3);
    CU_ASSERT_EQUAL(fake_negotiate(SLOT_DATA, FAKE_VERSION1), 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 3);
    CU_ASSERT_EQUAL(fake_negotiate(SLOT_DATA, both), both);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 11);
    virtio_bus_lost(&fake.bus);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 11 | 0x40);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x70), 0);
}

static void test_feature_not_offered(void)
{
    fake_write(SLOT_DATA, 0x70, 3);
    fake_write(SLOT_DATA, 0x24, 1);
    fake_write(SLOT_DATA, 0x20, 3); /* VERSION_1 and ACCESS_PLATFORM */
    fake_write(SLOT_DATA, 0x70, 11);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 3);
}

static void test_queue_registers(void)
{
    struct fake_queue q;

    fake_negotiate(SLOT_NET, FAKE_VERSION1);
    fake_write(SLOT_NET, 0x30, 2);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x34), 0);
    fake_write(SLOT_NET, 0x44, 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x44), 0);
    fake_write(SLOT_NET, 0x30, UINT32_MAX);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x34), 0);
    fake_queue_start(&q, SLOT_NET, 1, 0);
    CU_ASSERT_EQUAL(q.size, 256);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x44), 1);
    fake_write(SLOT_NET, 0x30, 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x34), 256);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x44), 0);
    fake_write(SLOT_NET, 0x30, 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x44), 1);
    fake_write(SLOT_NET, 0x44, 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x44), 0);
    CU_ASSERT_EQUAL(fake.complaints, 0);
}

static void test_bad_queue_needs_reset(void)
{
    fake_negotiate(SLOT_NET, FAKE_VERSION1);
    fake_write(SLOT_NET, 0x30, 0);
    fake_write(SLOT_NET, 0x38, 512); /* more than QueueNumMax */
    fake_write(SLOT_NET, 0x80, 0x40001000);
    fake_write(SLOT_NET, 0x90, 0x40003000);
    fake_write(SLOT_NET, 0xa0, 0x40004000);
    fake_write(SLOT_NET, 0x44, 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x44), 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x70), 0x4b);
    CU_ASSERT_EQUAL(fake.complaints, 1);
    CU_ASSERT_EQUAL(fake.raised[SLOT_NET], 0); /* 2.1.2: told only after DRIVER_OK */
    fake_write(SLOT_NET, 0x70, 15);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x70), 0x4f);
    fake_write(SLOT_NET, 0x70, 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x70), 0);
}

/* What Linux 6.12 does after a sleep with a driver that has no restore(), as its virtio-gpu. */
static void wake(unsigned slot)
{
    CU_ASSERT_EQUAL(fake_negotiate(slot, FAKE_VERSION1), FAKE_VERSION1);
    CU_ASSERT_EQUAL(fake_read(slot, 0x44), 0);
    fake_driver_ok(slot);
}

/* GET_DISPLAY_INFO, to the queue that the driver has had all along. */
static bool gpu_answers(struct fake_queue *q)
{
    struct fake_buf buf[2] = {{fake_alloc(24, 8), 24, false}, {fake_alloc(408, 8), 408, true}};
    uint32_t written = 0;

    *(uint32_t *)fake_at(buf[0].ipa) = 0x100;
    fake_add(q, buf, 2, false);
    fake_kick(q);
    return fake_get(q, &written) >= 0 && *(uint32_t *)fake_at(buf[1].ipa) == 0x1101;
}

static void test_sleep(void)
{
    struct fake_queue q;

    fake_negotiate(SLOT_GPU, FAKE_VERSION1);
    fake_queue_start(&q, SLOT_GPU, 0, 16);
    fake_driver_ok(SLOT_GPU);
    CU_ASSERT_TRUE(gpu_answers(&q));
    fake.bus.slept = true;
    wake(SLOT_GPU);
    CU_ASSERT_TRUE(gpu_answers(&q));
    fake.bus.slept = false; /* only a sleep explains it */
    wake(SLOT_GPU);
    CU_ASSERT_FALSE(gpu_answers(&q));
    fake.bus.slept = true; /* a driver that sets up its queues has new ones */
    fake_negotiate(SLOT_GPU, FAKE_VERSION1);
    fake_queue_start(&q, SLOT_GPU, 0, 16);
    fake_driver_ok(SLOT_GPU);
    CU_ASSERT_TRUE(gpu_answers(&q));
    fake_negotiate(SLOT_GPU, FAKE_VERSION1);
    fake_queue_start(&q, SLOT_GPU, 0, 8);
    fake_driver_ok(SLOT_GPU);
    CU_ASSERT_TRUE(gpu_answers(&q));
}

static void test_broken_queue_is_told(void)
{
    struct fake_queue q;

    fake_negotiate(SLOT_CONSOLE, FAKE_VERSION1);
    fake_queue_start(&q, SLOT_CONSOLE, 1, 16);
    fake_driver_ok(SLOT_CONSOLE);
    fake_avail(&q)[1] = 17;
    fake_write(SLOT_CONSOLE, 0x50, 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_CONSOLE, 0x70), 0x4f);
    CU_ASSERT_EQUAL(fake_ack(SLOT_CONSOLE), 2);
    CU_ASSERT_EQUAL(fake.complaints, 1);
    fake_write(SLOT_CONSOLE, 0x50, 1); /* no more service, no more noise */
    CU_ASSERT_EQUAL(fake.complaints, 1);
    CU_ASSERT_EQUAL(fake.console_len, 0);
    /* A reset makes it good again. */
    fake_negotiate(SLOT_CONSOLE, FAKE_VERSION1);
    fake_queue_start(&q, SLOT_CONSOLE, 1, 16);
    fake_driver_ok(SLOT_CONSOLE);
    struct fake_buf buf = {fake_alloc(5, 1), 5, false};
    memcpy(fake_at(buf.ipa), "hello", 5);
    fake_add(&q, &buf, 1, false);
    fake_kick(&q);
    CU_ASSERT_EQUAL(fake.console_len, 5);
    CU_ASSERT_EQUAL(fake_ack(SLOT_CONSOLE), 1);
}

static void test_nothing_before_driver_ok(void)
{
    struct fake_queue q;
    struct fake_buf buf;

    fake_negotiate(SLOT_CONSOLE, FAKE_VERSION1);
    fake_queue_start(&q, SLOT_CONSOLE, 1, 16);
    buf = (struct fake_buf){fake_alloc(5, 1), 5, false};
    fake_add(&q, &buf, 1, false);
    fake_kick(&q);
    CU_ASSERT_EQUAL(fake.console_len, 0);
    fake_driver_ok(SLOT_CONSOLE); /* what was queued before is served now */
    CU_ASSERT_EQUAL(fake.console_len, 5);
}

static void test_queue_fixed_while_ready(void)
{
    struct fake_queue q;
    struct fake_buf buf;

    fake_negotiate(SLOT_CONSOLE, FAKE_VERSION1);
    fake_queue_start(&q, SLOT_CONSOLE, 1, 16);
    fake_write(SLOT_CONSOLE, 0x38, 4);
    fake_write(SLOT_CONSOLE, 0x80, 0);
    fake_driver_ok(SLOT_CONSOLE);
    buf = (struct fake_buf){fake_alloc(5, 1), 5, false};
    for (unsigned i = 0; i < 20; i++) {
        fake_add(&q, &buf, 1, false);
        fake_kick(&q);
        CU_ASSERT_TRUE(fake_get(&q, NULL) >= 0);
    }
    CU_ASSERT_EQUAL(fake.console_len, 100);
}

static void test_status_bits_stay(void)
{
    fake_write(SLOT_NET, 0x70, 3);
    fake_write(SLOT_NET, 0x70, 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x70), 3);
    fake_write(SLOT_NET, 0x70, 0xffffff80);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x70), 0x83);
}

static void test_odd_accesses(void)
{
    for (uint32_t offset = 0; offset < PB_VIO_STRIDE; offset++) {
        for (unsigned size = 1; size <= 8; size *= 2) {
            virtio_bus_write(&fake.bus, SLOT_GPU, offset, size, UINT64_MAX);
        }
    }
    virtio_bus_write(&fake.bus, SLOT_GPU, UINT32_MAX, 4, 1);
    virtio_bus_write(&fake.bus, SLOT_COUNT, 0x70, 4, 1);
    virtio_bus_write(&fake.bus, UINT32_MAX, 0x70, 4, 1);
    /* What only the device tells was not touched. */
    CU_ASSERT_EQUAL(fake_read(SLOT_GPU, 0x00), 0x74726976);
    CU_ASSERT_EQUAL(fake_read(SLOT_GPU, 0x08), 16);
    CU_ASSERT_EQUAL(fake_read(SLOT_GPU, 0x108), 1);
    fake_write(SLOT_GPU, 0x70, 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_GPU, 0x70), 0);
}

static void test_memory_gone(void)
{
    struct fake_queue q;
    struct fake_buf buf;

    fake_negotiate(SLOT_CONSOLE, FAKE_VERSION1);
    fake_queue_start(&q, SLOT_CONSOLE, 1, 16);
    fake_driver_ok(SLOT_CONSOLE);
    buf = (struct fake_buf){fake_alloc(5, 1), 5, false};
    fake_add(&q, &buf, 1, false);
    virtio_bus_reset(&fake.bus);
    fake.ram_here = false;
    virtio_bus_notify(&fake.bus, SLOT_CONSOLE, 2);
    net_receive(&fake_devices.net, "0123456789abcdef", 16, false);
    fake_key(30, 1);
    CU_ASSERT_EQUAL(console_input(&fake_devices.console, 0, "x", 1), 0);
    CU_ASSERT_EQUAL(fake.console_len, 0);
}

static void test_stats(void)
{
    char text[128], tiny[8];

    virtio_bus_stats(&fake.bus, text, sizeof(text));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "broken="));
    virtio_bus_stats(&fake.bus, tiny, sizeof(tiny));
    CU_ASSERT_EQUAL(strlen(tiny), 7);
}

int main(void)
{
    CU_pSuite suite;

    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 1;
    }
    suite = CU_add_suite_with_setup_and_teardown("transport", NULL, NULL, fake_start, fake_end);
    CU_add_test(suite, "identity", test_identity);
    CU_add_test(suite, "empty slots", test_empty_slots);
    CU_add_test(suite, "features", test_features);
    CU_add_test(suite, "a protected VM's features", test_protected);
    CU_add_test(suite, "feature not offered", test_feature_not_offered);
    CU_add_test(suite, "queue registers", test_queue_registers);
    CU_add_test(suite, "bad queue needs a reset", test_bad_queue_needs_reset);
    CU_add_test(suite, "a driver that knows nothing of sleep", test_sleep);
    CU_add_test(suite, "broken queue is told", test_broken_queue_is_told);
    CU_add_test(suite, "nothing before DRIVER_OK", test_nothing_before_driver_ok);
    CU_add_test(suite, "queue is fixed while ready", test_queue_fixed_while_ready);
    CU_add_test(suite, "status bits stay", test_status_bits_stay);
    CU_add_test(suite, "odd accesses", test_odd_accesses);
    CU_add_test(suite, "memory gone", test_memory_gone);
    CU_add_test(suite, "stats", test_stats);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    return CU_get_number_of_failures() != 0;
}
