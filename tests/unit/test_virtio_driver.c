/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Our driver's side against our device's side: a disk, keys, and a device that lies. Guest memory
 * is the fake guest's, at addresses that both see: the device maps a pointer to itself.
 */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <string.h>

#include "virtio/driver.h"
#include "virtio_fake.h"

#define QUEUE 8u

static uint32_t reg_get(uintptr_t base, uint32_t offset)
{
    return fake_read((unsigned)base, offset);
}

static void reg_put(uintptr_t base, uint32_t offset, uint32_t value)
{
    if (offset == 0x64) {
        fake_ack((unsigned)base);
    } else {
        fake_write((unsigned)base, offset, value);
    }
}

static const struct virtio_driver_ops ops = {reg_get, reg_put};

static uint8_t *memory; /* of the guest, seen by both at the same address */

static void *map_same(const void *owner, uint64_t ipa, uint64_t len)
{
    const uint64_t base = (uintptr_t)fake.ram;

    (void)owner;
    return ipa >= base && ipa - base <= FAKE_RAM && len <= FAKE_RAM - (ipa - base)
               ? (void *)(uintptr_t)ipa
               : NULL;
}

static struct virtio_bus_ops bus_ops;

static void set_up(void)
{
    fake_start();
    bus_ops = *fake.bus.ops;
    bus_ops.map = map_same;
    fake.bus.ops = &bus_ops;
    memory = fake.ram;
}

static void *take_memory(size_t size)
{
    void *taken = memory;

    memory += (size + 15) & ~(size_t)15;
    return taken;
}

static struct virtio_driver driver;
static struct drvqueue queue;

static void start(unsigned slot, uint32_t id, unsigned queues)
{
    static struct drvqueue others;

    CU_ASSERT_TRUE_FATAL(virtio_driver_begin(&driver, &ops, slot, id, 0));
    for (unsigned i = 0; i < queues; i++) {
        CU_ASSERT_TRUE_FATAL(virtio_driver_queue(&driver, i, i ? &others : &queue, QUEUE,
                                                 take_memory(DRVQUEUE_BYTES(QUEUE))));
    }
    virtio_driver_ready(&driver);
    CU_ASSERT_TRUE(virtio_driver_works(&driver));
}

struct request {
    struct {
        uint32_t type, reserved;
        uint64_t sector;
    } header;
    uint8_t data[512];
    uint8_t status;
};

static bool send_request(struct request *r, uint32_t type, uint64_t sector)
{
    const struct drvqueue_buf buf[] = {{&r->header, sizeof(r->header), false},
                                       {r->data, sizeof(r->data), type == 0},
                                       {&r->status, 1, true}};

    r->header.type = type;
    r->header.sector = sector;
    r->status = 0xff;
    return drvqueue_add(&queue, buf, 3, r);
}

/* More requests than the queue holds at a time, written and read back. */
static void test_disk(void)
{
    struct request *r = take_memory(sizeof(*r) * 2);
    uint32_t written;

    start(SLOT_DATA, 2, 1);
    CU_ASSERT_EQUAL(virtio_driver_config(&driver, 0), FAKE_SECTORS);
    for (unsigned i = 0; i < 50; i++) {
        memset(r[0].data, (int)i, sizeof(r[0].data));
        CU_ASSERT_TRUE_FATAL(send_request(&r[0], 1, i));
        CU_ASSERT_TRUE_FATAL(send_request(&r[1], 0, i));
        CU_ASSERT_FALSE(send_request(&r[1], 0, i)); /* 8 descriptors, 3 a request */
        virtio_driver_kick(&driver, 0, &queue);
        CU_ASSERT_PTR_NULL(drvqueue_take(&queue, &written));
        fake_disk_run();
        CU_ASSERT_EQUAL(virtio_driver_interrupts(&driver), 1);
        CU_ASSERT_EQUAL(virtio_driver_interrupts(&driver), 0);
        CU_ASSERT_PTR_EQUAL(drvqueue_take(&queue, &written), &r[0]);
        CU_ASSERT_EQUAL(written, 1);
        CU_ASSERT_PTR_EQUAL(drvqueue_take(&queue, &written), &r[1]);
        CU_ASSERT_EQUAL(written, 513);
        CU_ASSERT_EQUAL(r[0].status | r[1].status, 0);
        CU_ASSERT_EQUAL(r[1].data[511], i);
    }
    CU_ASSERT_EQUAL(queue.free_count, QUEUE);
}

static void test_keys(void)
{
    uint8_t *events = take_memory(QUEUE * 8);
    uint32_t written;

    start(SLOT_KEYS, 18, 2);
    for (unsigned i = 0; i < QUEUE; i++) {
        CU_ASSERT_TRUE(drvqueue_add(&queue, &(struct drvqueue_buf){events + i * 8, 8, true}, 1,
                                    events + i * 8));
    }
    CU_ASSERT_FALSE(drvqueue_add(&queue, &(struct drvqueue_buf){events, 8, true}, 1, events));
    virtio_driver_kick(&driver, 0, &queue);
    CU_ASSERT_EQUAL(fake_key(30, 1), KEYS_OK);
    CU_ASSERT_PTR_EQUAL(drvqueue_take(&queue, &written), events);
    CU_ASSERT_EQUAL(written, 8);
    CU_ASSERT_EQUAL(events[0], 1);
    CU_ASSERT_EQUAL(events[2], 30);
    CU_ASSERT_PTR_NOT_NULL(drvqueue_take(&queue, &written));
    CU_ASSERT_PTR_NULL(drvqueue_take(&queue, &written));
}

static void test_refused(void)
{
    const struct drvqueue_buf wrong[] = {{memory, 1, true}, {memory, 1, false}};

    CU_ASSERT_FALSE(virtio_driver_begin(&driver, &ops, SLOT_DATA, 1, 0));
    CU_ASSERT_FALSE(virtio_driver_begin(&driver, &ops, SLOT_COUNT, 2, 0));
    start(SLOT_DATA, 2, 1);
    CU_ASSERT_FALSE(virtio_driver_queue(&driver, 1, &queue, QUEUE, memory));
    CU_ASSERT_FALSE(drvqueue_add(&queue, wrong, 2, memory));
    CU_ASSERT_FALSE(drvqueue_add(&queue, wrong, 0, memory));
    virtio_bus_lost(&fake.bus);
    CU_ASSERT_FALSE(virtio_driver_works(&driver));
}

/* What the device writes is checked: no chain twice, none that it was not given, no false length.
 */
static void test_lies(void)
{
    static const uint32_t heads[] = {QUEUE, 3, UINT32_MAX, 0};
    uint8_t *rings = take_memory(DRVQUEUE_BYTES(QUEUE)), *data = take_memory(16);
    uint16_t *used = (void *)(rings + DRVQUEUE_USED(QUEUE));
    uint32_t *elem = (void *)(used + 2), written;

    for (unsigned i = 0; i < 4; i++) {
        drvqueue_init(&queue, QUEUE, rings);
        CU_ASSERT_TRUE(drvqueue_add(&queue, &(struct drvqueue_buf){data, 16, true}, 1, data));
        elem[0] = 0;
        elem[1] = UINT32_MAX;
        used[1] = 1;
        CU_ASSERT_PTR_EQUAL(drvqueue_take(&queue, &written), data);
        CU_ASSERT_EQUAL(written, 16);
        elem[2] = heads[i];
        used[1] = 2;
        CU_ASSERT_PTR_NULL(drvqueue_take(&queue, &written));
        CU_ASSERT_TRUE(queue.broken);
        CU_ASSERT_FALSE(drvqueue_add(&queue, &(struct drvqueue_buf){data, 16, true}, 1, data));
    }
}

int main(void)
{
    CU_pSuite suite;

    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 1;
    }
    suite = CU_add_suite_with_setup_and_teardown("driver", NULL, NULL, set_up, fake_end);
    CU_add_test(suite, "a disk", test_disk);
    CU_add_test(suite, "keys", test_keys);
    CU_add_test(suite, "refused", test_refused);
    CU_add_test(suite, "a device that lies", test_lies);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    return CU_get_number_of_failures() != 0;
}
