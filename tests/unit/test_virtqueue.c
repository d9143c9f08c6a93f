/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The split virtqueue's device side against rings built by hand: virtio 1.2, section 2.7. */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <string.h>

#include "virtio_fake.h"
#include "virtio/virtqueue.h"

#define SIZE 8u

#define NEXT     1
#define WRITE    2
#define INDIRECT 4

static struct virtqueue vq;
static struct vq_seg seg[VQ_MAX_SIZE];
static struct vq_chain chain;
static uint64_t desc, avail, used, data;

static void set_up(void)
{
    fake_start();
    desc = fake_alloc(16 * SIZE, 16);
    avail = fake_alloc(6 + 2 * SIZE, 2);
    used = fake_alloc(6 + 8 * SIZE, 4);
    data = fake_alloc(4096, 4096);
    memset(&vq, 0, sizeof(vq));
    vq.bus = &fake.bus;
    vq.indirect = true;
    chain = (struct vq_chain){.seg = seg, .max = VQ_MAX_SIZE};
    CU_ASSERT_TRUE(vq_start(&vq, SIZE, desc, avail, used));
}

static void put(uint64_t table, unsigned i, uint64_t addr, uint32_t len, uint16_t flags,
                uint16_t next)
{
    ((struct fake_desc *)fake_at(table))[i] = (struct fake_desc){addr, len, flags, next};
}

static void offer(uint16_t head)
{
    uint16_t *ring = fake_at(avail);

    ring[2 + ring[1] % SIZE] = head;
    ring[1]++;
}

static enum vq_result pop_one(uint16_t head)
{
    offer(head);
    return vq_pop(&vq, &chain);
}

static void test_start_checks(void)
{
    struct virtqueue q = {.bus = &fake.bus};
    uint64_t end = FAKE_RAM_IPA + FAKE_RAM;

    CU_ASSERT_FALSE(vq_start(&q, 0, desc, avail, used));
    CU_ASSERT_FALSE(vq_start(&q, 6, desc, avail, used));
    CU_ASSERT_FALSE(vq_start(&q, 512, desc, avail, used));
    CU_ASSERT_FALSE(vq_start(&q, SIZE, desc + 8, avail, used));
    CU_ASSERT_FALSE(vq_start(&q, SIZE, desc, avail + 1, used));
    CU_ASSERT_FALSE(vq_start(&q, SIZE, desc, avail, used + 2));
    CU_ASSERT_FALSE(vq_start(&q, SIZE, 0, avail, used));
    CU_ASSERT_FALSE(vq_start(&q, SIZE, end - 16 * SIZE + 16, avail, used));
    CU_ASSERT_FALSE(vq_start(&q, SIZE, desc, end - 8, used));
    CU_ASSERT_FALSE(vq_start(&q, SIZE, desc, avail, UINT64_MAX - 3));
    CU_ASSERT_EQUAL(q.size, 0);
    CU_ASSERT_TRUE(vq_start(&q, SIZE, end - 16 * SIZE, avail, used));
    CU_ASSERT_EQUAL(vq_pop(&vq, &chain), VQ_EMPTY);
}

static void test_direct_chain(void)
{
    char text[8] = "";

    memcpy(fake_at(data), "abcdef", 6);
    put(desc, 3, data, 2, NEXT, 5);
    put(desc, 5, data + 2, 4, NEXT, 0);
    put(desc, 0, data + 100, 3, NEXT | WRITE, 1);
    put(desc, 1, data + 200, 5, WRITE, 7);
    CU_ASSERT_EQUAL(pop_one(3), VQ_CHAIN);
    CU_ASSERT_EQUAL(chain.head, 3);
    CU_ASSERT_EQUAL(chain.out, 2);
    CU_ASSERT_EQUAL(chain.in, 2);
    CU_ASSERT_EQUAL(chain.out_bytes, 6);
    CU_ASSERT_EQUAL(chain.in_bytes, 8);
    CU_ASSERT_EQUAL(vq_read(&chain, 1, text, 10), 5);
    CU_ASSERT_STRING_EQUAL(text, "bcdef");
    CU_ASSERT_EQUAL(vq_read(&chain, 6, text, 1), 0);
    CU_ASSERT_EQUAL(vq_write(&chain, 2, "XYZ", 3), 3);
    CU_ASSERT_EQUAL(((char *)fake_at(data))[102], 'X');
    CU_ASSERT_EQUAL(memcmp(fake_at(data + 200), "YZ", 2), 0);
    CU_ASSERT_EQUAL(vq_write(&chain, 6, "1234", 4), 2);
    CU_ASSERT_EQUAL(vq_pop(&vq, &chain), VQ_EMPTY);
}

static void test_indirect_chain(void)
{
    uint64_t table = data + 1024;

    put(desc, 2, table, 3 * 16, INDIRECT, 0);
    put(table, 0, data, 10, NEXT, 2);
    put(table, 2, data + 10, 0, NEXT, 1); /* empty: allowed, without effect */
    put(table, 1, data + 20, 30, WRITE, 9);
    CU_ASSERT_EQUAL(pop_one(2), VQ_CHAIN);
    CU_ASSERT_EQUAL(chain.head, 2);
    CU_ASSERT_EQUAL(chain.out, 1);
    CU_ASSERT_EQUAL(chain.in, 1);
    CU_ASSERT_PTR_EQUAL(seg[1].data, fake_at(data + 20));
    /* A chain may end in an indirect descriptor. */
    put(desc, 6, data + 50, 5, NEXT, 2);
    CU_ASSERT_EQUAL(pop_one(6), VQ_CHAIN);
    CU_ASSERT_EQUAL(chain.out, 2);
}

static void expect_broken(uint16_t head)
{
    CU_ASSERT_EQUAL(pop_one(head), VQ_BROKEN);
    CU_ASSERT_TRUE(vq.broken);
    /* It stays so until it is set up again. */
    put(desc, 0, data, 1, 0, 0);
    CU_ASSERT_EQUAL(pop_one(0), VQ_BROKEN);
    CU_ASSERT_EQUAL(vq_waiting(&vq), 0);
    vq_stop(&vq);
    ((uint16_t *)fake_at(avail))[1] = 0;
    CU_ASSERT_TRUE(vq_start(&vq, SIZE, desc, avail, used));
}

static void test_broken_chains(void)
{
    uint64_t table = data + 1024, end = FAKE_RAM_IPA + FAKE_RAM;

    expect_broken(SIZE); /* head out of the table */
    put(desc, 1, data, 4, NEXT, SIZE);
    expect_broken(1); /* next out of the table */
    put(desc, 1, data, 4, NEXT, 2);
    put(desc, 2, data, 4, NEXT, 1);
    expect_broken(1); /* loop */
    put(desc, 1, data, 0, NEXT, 1);
    expect_broken(1); /* loop of nothing */
    put(desc, 1, data, 4, NEXT | WRITE, 2);
    put(desc, 2, data, 4, 0, 0);
    expect_broken(1); /* written before read */
    put(desc, 1, end - 4, 5, 0, 0);
    expect_broken(1); /* past the end of RAM */
    put(desc, 1, UINT64_MAX - 1, 4, 0, 0);
    expect_broken(1);
    put(desc, 1, 0x1000, 4, WRITE, 0);
    expect_broken(1); /* not RAM */
    put(desc, 1, table, 0, INDIRECT, 0);
    expect_broken(1); /* empty table */
    put(desc, 1, table, 17, INDIRECT, 0);
    expect_broken(1); /* torn table */
    put(desc, 1, end - 16, 32, INDIRECT, 0);
    expect_broken(1); /* table outside */
    put(desc, 1, table, 16, INDIRECT | NEXT, 2);
    expect_broken(1); /* 2.7.5.3.1: not both */
    put(desc, 1, table, 32, INDIRECT, 0);
    put(table, 0, table + 512, 16, INDIRECT, 0);
    expect_broken(1); /* tables do not nest */
    put(table, 0, data, 4, NEXT, 2);
    expect_broken(1); /* next out of the indirect table */
    vq.indirect = false;
    put(table, 0, data, 4, 0, 0);
    expect_broken(1); /* not negotiated */
}

static void test_total_length(void)
{
    uint64_t table = fake_alloc(16 * 300, 16);

    /* 2.7.4.2: no more than 2^32 bytes in all. */
    put(desc, 0, table, 16 * 300, INDIRECT, 0);
    for (unsigned i = 0; i < 300; i++) {
        put(table, i, FAKE_RAM_IPA, FAKE_RAM, NEXT, (uint16_t)(i + 1));
    }
    CU_ASSERT_EQUAL(pop_one(0), VQ_BROKEN);
}

static void test_chain_too_long(void)
{
    uint64_t table = fake_alloc(16 * 256, 16);

    put(desc, 0, table, 16 * 256, INDIRECT, 0);
    for (unsigned i = 0; i < 256; i++) {
        put(table, i, data, 1, i < 255 ? NEXT : 0, (uint16_t)(i + 1));
    }
    CU_ASSERT_EQUAL(pop_one(0), VQ_CHAIN);
    CU_ASSERT_EQUAL(chain.out, 256);
    chain.max = 255;
    CU_ASSERT_EQUAL(pop_one(0), VQ_BROKEN);
}

static void test_too_many_available(void)
{
    ((uint16_t *)fake_at(avail))[1] = SIZE + 1;
    CU_ASSERT_EQUAL(vq_waiting(&vq), 0);
    CU_ASSERT_EQUAL(vq_pop(&vq, &chain), VQ_BROKEN);
}

static void test_more_than_queue_in_flight(void)
{
    put(desc, 0, data, 1, 0, 0);
    for (unsigned i = 0; i < SIZE; i++) {
        CU_ASSERT_EQUAL(pop_one(0), VQ_CHAIN);
    }
    CU_ASSERT_EQUAL(pop_one(0), VQ_BROKEN);
}

static void test_used_ring_and_wrap(void)
{
    uint16_t *ring = fake_at(used);
    uint32_t elem[2];

    for (unsigned i = 0; i < 70000; i++) {
        uint16_t head = (uint16_t)(i % SIZE);

        put(desc, head, data, 16, WRITE, 0);
        if (pop_one(head) != VQ_CHAIN || chain.head != head) {
            CU_FAIL_FATAL("chain lost");
        }
        vq_push(&vq, head, i);
        memcpy(elem, fake_at(used + 4 + 8 * (i % SIZE)), sizeof(elem));
        if (elem[0] != head || elem[1] != i || ring[1] != (uint16_t)(i + 1)) {
            CU_FAIL_FATAL("used ring wrong");
        }
    }
    CU_ASSERT_EQUAL(vq.in_flight, 0);
}

static void answer_one(void)
{
    put(desc, 0, data, 1, WRITE, 0);
    CU_ASSERT_EQUAL(pop_one(0), VQ_CHAIN);
    vq_push(&vq, 0, 1);
}

static void test_interrupt_flag(void)
{
    uint16_t *ring = fake_at(avail);

    CU_ASSERT_FALSE(vq_should_signal(&vq));
    answer_one();
    CU_ASSERT_TRUE(vq_should_signal(&vq));
    CU_ASSERT_FALSE(vq_should_signal(&vq));
    ring[0] = 1;
    answer_one();
    CU_ASSERT_FALSE(vq_should_signal(&vq));
}

static void test_interrupt_event(void)
{
    uint16_t *event = (uint16_t *)fake_at(avail) + 2 + SIZE;

    vq.event_idx = true;
    answer_one(); /* event 0: at the first */
    CU_ASSERT_TRUE(vq_should_signal(&vq));
    answer_one();
    CU_ASSERT_FALSE(vq_should_signal(&vq));
    *event = 4; /* at the fifth */
    answer_one();
    answer_one();
    CU_ASSERT_FALSE(vq_should_signal(&vq));
    answer_one();
    answer_one();
    CU_ASSERT_TRUE(vq_should_signal(&vq));
    CU_ASSERT_FALSE(vq_should_signal(&vq));
}

static void test_notify_event(void)
{
    uint16_t *event = (uint16_t *)fake_at(used) + 2 + 4 * SIZE;

    vq.event_idx = true;
    answer_one();
    vq_enable_notify(&vq);
    CU_ASSERT_EQUAL(*event, 1);
    CU_ASSERT_EQUAL(vq_waiting(&vq), 0);
    offer(0);
    offer(0);
    vq_enable_notify(&vq);
    CU_ASSERT_EQUAL(*event, 3);
    CU_ASSERT_EQUAL(vq_waiting(&vq), 2);
}

static void test_stopped_queue_is_silent(void)
{
    offer(0);
    vq_stop(&vq);
    CU_ASSERT_EQUAL(vq_pop(&vq, &chain), VQ_EMPTY);
    vq_push(&vq, 0, 1);
    CU_ASSERT_FALSE(vq_should_signal(&vq));
    CU_ASSERT_EQUAL(((uint16_t *)fake_at(used))[1], 0);
}

int main(void)
{
    CU_pSuite suite;

    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 1;
    }
    suite = CU_add_suite_with_setup_and_teardown("virtqueue", NULL, NULL, set_up, fake_end);
    CU_add_test(suite, "set-up is checked", test_start_checks);
    CU_add_test(suite, "direct chain", test_direct_chain);
    CU_add_test(suite, "indirect chain", test_indirect_chain);
    CU_add_test(suite, "broken chains", test_broken_chains);
    CU_add_test(suite, "total length", test_total_length);
    CU_add_test(suite, "chain too long", test_chain_too_long);
    CU_add_test(suite, "too many available", test_too_many_available);
    CU_add_test(suite, "more in flight than descriptors", test_more_than_queue_in_flight);
    CU_add_test(suite, "used ring, indices wrap", test_used_ring_and_wrap);
    CU_add_test(suite, "interrupt by flag", test_interrupt_flag);
    CU_add_test(suite, "interrupt by event index", test_interrupt_event);
    CU_add_test(suite, "notification by event index", test_notify_event);
    CU_add_test(suite, "stopped queue is silent", test_stopped_queue_is_silent);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    return CU_get_number_of_failures() != 0;
}
