/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The service that has the devices faults and starts again: guests find their devices as they were.
 */
#include <string.h>

#include "suite.h"
#include "virtio_fake.h"

enum { T_IN = 0, T_OUT = 1, T_FLUSH = 4 };

#define FEATURES (FAKE_VERSION1 | FAKE_INDIRECT | FAKE_EVENT | 0xffffff)
#define WRITES   5u
#define BYTES    512u
#define KEY_A    30u

static struct fake_queue q;

static void probe(struct fake_queue *queue, unsigned slot, unsigned index)
{
    const uint64_t features = fake_negotiate(slot, FEATURES);

    CU_ASSERT_NOT_EQUAL(features, 0);
    fake_queue_start(queue, slot, index, 0);
    queue->event_idx = features & FAKE_EVENT;
    fake_driver_ok(slot);
}

/* What a new start of the service forgets, and what its devices find. */
static void crash(void)
{
    fake.pending = NULL;
    fake.timers = NULL;
    fake.bus.kept = true;
    memset(fake.bus.slot, 0, sizeof(fake.bus.slot));
    fake_attach();
    virtio_bus_resume(&fake.bus);
}

/* A write of BYTES times `value` to sector; its status byte. */
static uint8_t *write_sector(uint32_t sector, uint8_t value)
{
    const uint64_t header = fake_alloc(16, 16), body = fake_alloc(BYTES, 16),
                   status = fake_alloc(1, 1);
    const uint32_t type = T_OUT;
    const struct fake_buf buf[] = {{header, 16, false}, {body, BYTES, false}, {status, 1, true}};

    memcpy(fake_at(header), &type, sizeof(type));
    memcpy((uint8_t *)fake_at(header) + 8, &sector, sizeof(sector));
    memset(fake_at(body), value, BYTES);
    *(uint8_t *)fake_at(status) = 0xff;
    CU_ASSERT_TRUE(fake_add(&q, buf, 3, false) >= 0);
    return fake_at(status);
}

static void test_requests_under_way(void)
{
    uint8_t *status[WRITES];
    uint32_t written;

    fake_start();
    probe(&q, SLOT_DATA, 0);
    for (unsigned i = 0; i < WRITES; i++) {
        status[i] = write_sector(i, (uint8_t)(i + 1));
    }
    fake_kick(&q);
    CU_ASSERT_EQUAL(fake.submitted, WRITES);
    fake_disk_step(); /* the first ends, the others have not when it faults */
    fake.submitted = 0;
    crash();
    CU_ASSERT_EQUAL(fake.submitted, WRITES - 1);
    CU_ASSERT_EQUAL(fake.cancelled, 0);
    fake_disk_run();
    for (unsigned i = 0; i < WRITES; i++) {
        CU_ASSERT_TRUE(fake_get(&q, &written) >= 0);
        CU_ASSERT_EQUAL(*status[i], 0);
        CU_ASSERT_EQUAL(fake.disk[i * BYTES], i + 1);
    }
    CU_ASSERT_EQUAL(fake_get(&q, &written), -1);
    write_sector(7, 0x77);
    fake_kick(&q);
    fake_disk_run();
    CU_ASSERT_TRUE(fake_get(&q, &written) >= 0);
    CU_ASSERT_EQUAL(fake.disk[7 * BYTES], 0x77);
    CU_ASSERT_EQUAL(fake.complaints, 0);
    fake_end();
}

/* It faults after it took a chain, before the back end had it; and before the guest rang. */
static void test_taken_and_lost(void)
{
    struct virtqueue *vq = &fake_devices.data.queue[0].vq;
    uint32_t written;

    fake_start();
    probe(&q, SLOT_DATA, 0);
    write_sector(1, 0x11);
    write_sector(2, 0x22);
    vq->next_avail++;
    vq->in_flight++;
    crash();
    fake_disk_run();
    CU_ASSERT_TRUE(fake_get(&q, &written) >= 0);
    CU_ASSERT_TRUE(fake_get(&q, &written) >= 0);
    CU_ASSERT_EQUAL(fake.disk[1 * BYTES], 0x11);
    CU_ASSERT_EQUAL(fake.disk[2 * BYTES], 0x22);
    CU_ASSERT_NOT_EQUAL(fake_ack(SLOT_DATA) & 1, 0);
    fake_end();
}

/* State that makes no sense is not used: the device is as after a reset. */
static void test_nonsense(void)
{
    fake_start();
    probe(&q, SLOT_DATA, 0);
    fake_devices.data.queue[0].vq.size = 3;
    crash();
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 0);
    probe(&q, SLOT_DATA, 0);
    fake_devices.data.queue[0].vq.used += 64;
    crash();
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 0);
    probe(&q, SLOT_DATA, 0);
    fake_devices.data.queue[0].vq.in_flight = FAKE_QUEUE + 1;
    crash();
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 0);
    fake_end();
}

static void test_without_a_driver(void)
{
    uint32_t written;

    fake_start();
    crash();
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x8), 2);
    probe(&q, SLOT_DATA, 0);
    write_sector(1, 0x11);
    fake_kick(&q);
    fake_disk_run();
    CU_ASSERT_TRUE(fake_get(&q, &written) >= 0);
    fake_end();
}

static void test_link_stays_down(void)
{
    fake_start();
    probe(&q, SLOT_NET, 0);
    net_link(&fake_devices.net, false);
    crash();
    CU_ASSERT_FALSE(fake_devices.net.link);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x104) >> 16 & 1, 0);
    fake_end();
}

static void test_link_comes_back(void)
{
    fake_start();
    probe(&q, SLOT_NET, 0);
    net_renew(&fake_devices.net);
    CU_ASSERT_EQUAL(fake_ack(SLOT_NET), 2);
    crash(); /* the timer is gone */
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x104) >> 16 & 1, 1);
    CU_ASSERT_EQUAL(fake_ack(SLOT_NET) & 2, 2);
    fake_end();
}

static void test_keys_are_released(void)
{
    struct fake_buf buf = {0, 8, true};
    uint32_t written;
    unsigned events = 0;

    fake_start();
    probe(&q, SLOT_KEYS, 0);
    for (unsigned i = 0; i < 16; i++) {
        buf.ipa = fake_alloc(8, 8);
        CU_ASSERT_TRUE(fake_add(&q, &buf, 1, false) >= 0);
    }
    fake_kick(&q);
    CU_ASSERT_EQUAL(fake_key(KEY_A, 1), KEYS_OK);
    while (fake_get(&q, &written) >= 0) {
        events++;
    }
    CU_ASSERT_EQUAL(events, 2);
    crash();
    while (fake_get(&q, &written) >= 0) {
        events++;
    }
    CU_ASSERT_EQUAL(events, 4);
    fake_end();
}

static struct fake_queue control;

static uint32_t command(const void *bytes, uint32_t len)
{
    const uint64_t out = fake_alloc(len, 16), in = fake_alloc(64, 16);
    const struct fake_buf buf[] = {{out, len, false}, {in, 64, true}};
    uint32_t written, type;

    memcpy(fake_at(out), bytes, len);
    CU_ASSERT_TRUE(fake_add(&control, buf, 2, false) >= 0);
    fake_kick(&control);
    CU_ASSERT_TRUE(fake_get(&control, &written) >= 0);
    memcpy(&type, fake_at(in), sizeof(type));
    return type;
}

static void test_picture_is_shown_again(void)
{
    const struct gpu_create_2d create = {.header = {.type = GPU_CMD_RESOURCE_CREATE_2D},
                                         .resource = 1,
                                         .format = GPU_FORMAT_B8G8R8X8,
                                         .width = 64,
                                         .height = 32};
    const struct gpu_set_scanout set = {
        .header = {.type = GPU_CMD_SET_SCANOUT}, .rect = {0, 0, 64, 32}, .resource = 1};
    struct image before;

    fake_start();
    probe(&control, SLOT_GPU, 0);
    CU_ASSERT_EQUAL(command(&create, sizeof(create)), GPU_RESP_OK_NODATA);
    CU_ASSERT_EQUAL(command(&set, sizeof(set)), GPU_RESP_OK_NODATA);
    before = fake.scanout;
    fake.scanout_on = false;
    fake.flushed = 0;
    crash();
    CU_ASSERT_TRUE(fake.scanout_on);
    CU_ASSERT_EQUAL(fake.scanout.pixels, before.pixels);
    CU_ASSERT_EQUAL(fake.scanout.width, 64);
    CU_ASSERT_EQUAL(fake.flushed, 1);
    CU_ASSERT_EQUAL(command(&create, sizeof(create)), GPU_RESP_ERR_INVALID_RESOURCE_ID);
    fake_end();
}

static void test_picture_elsewhere(void)
{
    fake_start();
    probe(&control, SLOT_GPU, 0);
    fake_devices.gpu.memory_size--;
    crash();
    CU_ASSERT_EQUAL(fake_read(SLOT_GPU, 0x70), 0);
    fake_end();
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"requests under way end once", test_requests_under_way},
        {"a chain that was taken is taken again", test_taken_and_lost},
        {"state without sense is not used", test_nonsense},
        {"a device without a driver", test_without_a_driver},
        {"a link that is down stays down", test_link_stays_down},
        {"a link that was lost for a moment comes back", test_link_comes_back},
        {"keys are released", test_keys_are_released},
        {"the picture is shown again", test_picture_is_shown_again},
        {"resources that are elsewhere", test_picture_elsewhere},
        CU_TEST_INFO_NULL,
    };
    return run_suite("virtio_resume", tests);
}
