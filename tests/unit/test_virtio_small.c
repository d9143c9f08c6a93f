/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The small virtio devices: network (5.1), entropy (5.4), and the GPU's arena. */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <string.h>

#include "virtio/arena.h"
#include "virtio/generation.h"
#include "virtio_fake.h"

#define ALL (FAKE_VERSION1 | FAKE_INDIRECT | FAKE_EVENT | 0xffffff)

static struct fake_queue rx, tx;

static uint64_t start_pair(unsigned slot)
{
    uint64_t features = fake_negotiate(slot, ALL);

    fake_queue_start(&rx, slot, 0, 0);
    fake_queue_start(&tx, slot, 1, 0);
    rx.event_idx = tx.event_idx = true;
    fake_driver_ok(slot);
    return features;
}

static uint64_t send(uint32_t len)
{
    struct fake_buf buf[2] = {{fake_alloc(12, 4), 12, false}, {fake_alloc(len, 4), len, false}};

    for (uint32_t i = 0; i < len; i++) {
        ((uint8_t *)fake_at(buf[1].ipa))[i] = (uint8_t)i;
    }
    fake_add(&tx, buf, len ? 2 : 1, true);
    fake_kick(&tx);
    CU_ASSERT_TRUE(fake_get(&tx, NULL) >= 0);
    return buf[1].ipa;
}

static void test_net_config(void)
{
    uint64_t features = start_pair(SLOT_NET);

    CU_ASSERT_TRUE(features & 1u << 5);  /* MAC */
    CU_ASSERT_TRUE(features & 1u << 16); /* STATUS */
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x100), 0x00425002);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x104) & 0xffff, 0x0100);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x104) >> 16, 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x108) >> 16, 1500);
}

static void test_net_send(void)
{
    start_pair(SLOT_NET);
    send(60);
    CU_ASSERT_EQUAL(fake.frames, 1);
    CU_ASSERT_EQUAL(fake.frame_len, 60);
    CU_ASSERT_EQUAL(fake.frame[59], 59);
    send(1514);
    CU_ASSERT_EQUAL(fake.frame_len, 1514);
    send(1515); /* dropped */
    send(13);
    send(0);
    CU_ASSERT_EQUAL(fake.frames, 2);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x70), 15);
}

static void test_net_receive(void)
{
    uint8_t frame[1515] = {1, 2, 3};
    uint64_t at = fake_alloc(4096, 8);
    struct fake_buf one = {at, 1600, true}, two[2] = {{at, 12, true}, {at + 100, 1514, true}};
    struct fake_buf tiny = {at, 20, true};
    uint32_t written;

    start_pair(SLOT_NET);
    net_receive(&fake_devices.net, frame, 60, false); /* no buffer: dropped */
    fake_add(&rx, &one, 1, false);
    fake_kick(&rx);
    net_receive(&fake_devices.net, frame, 60, false);
    CU_ASSERT_TRUE(fake_get(&rx, &written) >= 0);
    CU_ASSERT_EQUAL(written, 72);
    CU_ASSERT_EQUAL(((uint8_t *)fake_at(at))[10], 1); /* num_buffers */
    CU_ASSERT_EQUAL(memcmp(fake_at(at + 12), frame, 60), 0);
    CU_ASSERT_EQUAL(fake_ack(SLOT_NET), 1);
    fake_add(&rx, two, 2, true);
    net_receive(&fake_devices.net, frame, 1514, false);
    CU_ASSERT_TRUE(fake_get(&rx, &written) >= 0);
    CU_ASSERT_EQUAL(written, 1526);
    fake_add(&rx, &one, 1, false);
    net_receive(&fake_devices.net, frame, 1515, false); /* too long: the buffer stays */
    CU_ASSERT_EQUAL(fake_get(&rx, &written), -1);
    net_receive(&fake_devices.net, frame, 14, false);
    CU_ASSERT_TRUE(fake_get(&rx, &written) >= 0);
    fake_add(&rx, &tiny, 1, false);
    net_receive(&fake_devices.net, frame, 60, false); /* too small a buffer: given back empty */
    CU_ASSERT_TRUE(fake_get(&rx, &written) >= 0);
    CU_ASSERT_EQUAL(written, 0);
}

static void test_net_link(void)
{
    uint64_t at = fake_alloc(4096, 8);
    struct fake_buf one = {at, 1600, true};
    const uint32_t generation = fake_read(SLOT_NET, 0xfc);
    uint8_t frame[60] = {0};
    uint32_t written;

    start_pair(SLOT_NET);
    net_link(&fake_devices.net, true); /* it is up already */
    CU_ASSERT_EQUAL(fake_ack(SLOT_NET), 0);
    net_link(&fake_devices.net, false);
    CU_ASSERT_EQUAL(fake_ack(SLOT_NET), 2); /* configuration change */
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x104) >> 16, 0);
    CU_ASSERT_NOT_EQUAL(fake_read(SLOT_NET, 0xfc), generation);
    fake.frames = 0;
    send(60);
    CU_ASSERT_EQUAL(fake.frames, 0);
    fake_add(&rx, &one, 1, false);
    fake_kick(&rx);
    CU_ASSERT_FALSE(net_receive(&fake_devices.net, frame, 60, false));
    fake_write(SLOT_NET, 0x70, 0); /* a driver that starts anew finds the link down */
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x104) >> 16, 0);
    start_pair(SLOT_NET);
    net_link(&fake_devices.net, true);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x104) >> 16, 1);
    fake_add(&rx, &one, 1, false);
    fake_kick(&rx);
    CU_ASSERT_TRUE(net_receive(&fake_devices.net, frame, 60, false));
    CU_ASSERT_TRUE(fake_get(&rx, &written) >= 0);
}

static void test_net_renew(void)
{
    uint8_t frame[60] = {0};

    start_pair(SLOT_NET);
    net_renew(&fake_devices.net);
    CU_ASSERT_EQUAL(fake_ack(SLOT_NET), 2); /* configuration change */
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x104) >> 16, 0);
    CU_ASSERT_FALSE(net_receive(&fake_devices.net, frame, 60, false));
    net_renew(&fake_devices.net); /* it is lost already */
    CU_ASSERT_EQUAL(fake_ack(SLOT_NET), 0);
    CU_ASSERT_EQUAL(fake_timers(), 1);
    CU_ASSERT_EQUAL(fake_ack(SLOT_NET), 2);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x104) >> 16, 1);
    net_renew(&fake_devices.net);
    net_link(&fake_devices.net, false); /* meanwhile: it stays down */
    fake_timers();
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x104) >> 16, 0);
    net_renew(&fake_devices.net); /* there is none that could be lost */
    CU_ASSERT_EQUAL(fake_timers(), 0);
    net_link(&fake_devices.net, true);
    CU_ASSERT_EQUAL(fake_read(SLOT_NET, 0x104) >> 16, 1);
}

static void test_entropy(void)
{
    struct fake_buf big = {fake_alloc(8192, 8), 8192, true}, out = {big.ipa, 8, false};
    uint32_t written;

    fake_negotiate(SLOT_RNG, ALL);
    fake_queue_start(&rx, SLOT_RNG, 0, 0);
    fake_driver_ok(SLOT_RNG);
    fake_add(&rx, &big, 1, false);
    fake_kick(&rx);
    CU_ASSERT_TRUE(fake_get(&rx, &written) >= 0);
    CU_ASSERT_EQUAL(written, 4096);
    CU_ASSERT_EQUAL(((uint8_t *)fake_at(big.ipa))[4095], 0xe7);
    CU_ASSERT_EQUAL(((uint8_t *)fake_at(big.ipa))[4096], 0);
    fake_add(&rx, &out, 1, false);
    fake_kick(&rx);
    CU_ASSERT_EQUAL(fake_read(SLOT_RNG, 0x70), 0x4f);
}

/* An empty slot to who looks for devices; each change of the id is an interrupt of its own. */
static void test_generation(void)
{
    uint32_t id[4], before[4] = {0};

    fake.seeded = false;
    generation_tell(&fake.bus);
    CU_ASSERT_EQUAL(fake.raised[PB_VIO_GENERATION_SLOT], 0);
    fake.seeded = true;
    generation_renew(&fake.bus);
    for (unsigned round = 0; round < 3; round++) {
        bool differs = false;
        for (unsigned i = 0; i < 4; i++) {
            id[i] = fake_read(PB_VIO_GENERATION_SLOT, PB_VIO_GENERATION + 4 * i);
            differs |= id[i] != before[i];
            before[i] = id[i];
        }
        CU_ASSERT_TRUE(differs);
        CU_ASSERT_EQUAL(fake.raised[PB_VIO_GENERATION_SLOT], round);
        CU_ASSERT_EQUAL(fake_read(PB_VIO_GENERATION_SLOT, 0x60), round ? 2 : 0);
        fake.noise++;
        generation_tell(&fake.bus);
    }
    CU_ASSERT_EQUAL(fake_read(PB_VIO_GENERATION_SLOT, 0), 0x74726976);
    CU_ASSERT_EQUAL(fake_read(PB_VIO_GENERATION_SLOT, 8), 0);
}

static void test_arena(void)
{
    static uint8_t memory[64 * 4096];
    struct arena arena;
    void *piece[64], *again;

    arena_init(&arena, memory, sizeof(memory) + 100);
    CU_ASSERT_PTR_NULL(arena_take(&arena, 0));
    CU_ASSERT_PTR_NULL(arena_take(&arena, SIZE_MAX));
    CU_ASSERT_PTR_NULL(arena_take(&arena, sizeof(memory) + 1));
    for (unsigned i = 0; i < 64; i++) {
        piece[i] = arena_take(&arena, 1 + i * 60);
        CU_ASSERT_PTR_EQUAL(piece[i], memory + i * 4096);
    }
    CU_ASSERT_PTR_NULL(arena_take(&arena, 1));
    arena_give(&arena, piece[10]);
    arena_give(&arena, piece[12]);
    CU_ASSERT_PTR_NULL(arena_take(&arena, 8192));
    arena_give(&arena, piece[11]);
    again = arena_take(&arena, 3 * 4096);
    CU_ASSERT_PTR_EQUAL(again, piece[10]);
    arena_give(&arena, memory + 1); /* none of ours: no effect */
    arena_give(&arena, NULL);
    CU_ASSERT_PTR_NULL(arena_take(&arena, 1));
    for (unsigned i = 0; i < 64; i++) {
        arena_give(&arena, piece[i]);
    }
    CU_ASSERT_PTR_EQUAL(arena_take(&arena, sizeof(memory)), memory);
    arena_init(&arena, memory, 0);
    CU_ASSERT_PTR_NULL(arena_take(&arena, 1));
}

int main(void)
{
    CU_pSuite suite;

    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 1;
    }
    suite = CU_add_suite_with_setup_and_teardown("small", NULL, NULL, fake_start, fake_end);
    CU_add_test(suite, "net: configuration", test_net_config);
    CU_add_test(suite, "net: send", test_net_send);
    CU_add_test(suite, "net: receive", test_net_receive);
    CU_add_test(suite, "net: link", test_net_link);
    CU_add_test(suite, "net: link is lost for a moment", test_net_renew);
    CU_add_test(suite, "entropy", test_entropy);
    CU_add_test(suite, "generation", test_generation);
    CU_add_test(suite, "arena", test_arena);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    return CU_get_number_of_failures() != 0;
}
