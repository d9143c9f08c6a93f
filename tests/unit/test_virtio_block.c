/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* virtio-blk as Linux's driver uses it, and as it should not be used: virtio 1.2, section 5.2. */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <string.h>

#include "virtio_fake.h"

enum {
    T_IN = 0,
    T_OUT = 1,
    T_FLUSH = 4,
    T_GET_ID = 8,
    T_DISCARD = 11,
    T_WRITE_ZEROES = 13,
    T_UNKNOWN = 99
};

#define F_DISCARD      (1u << 13)
#define F_WRITE_ZEROES (1u << 14)
#define UNMAP          1u

#define FEATURES (FAKE_VERSION1 | FAKE_INDIRECT | FAKE_EVENT | 0xffffff)

static struct fake_queue q;

/* The last request, all in guest memory. */
static uint64_t header, body, status;

static void probe(unsigned slot, uint64_t features)
{
    features = fake_negotiate(slot, features);
    CU_ASSERT_NOT_EQUAL(features, 0);
    fake_queue_start(&q, slot, 0, 0);
    q.event_idx = features & FAKE_EVENT;
    fake_driver_ok(slot);
}

static void set_up(void)
{
    fake_start();
    for (unsigned i = 0; i < sizeof(fake.disk); i++) {
        fake.disk[i] = (uint8_t)(i / BLK_SECTOR + i);
    }
    probe(SLOT_DATA, FEATURES);
}

static bool writes(uint32_t type)
{
    return type == T_OUT || type == T_DISCARD || type == T_WRITE_ZEROES;
}

static void send(uint32_t type, uint64_t sector, uint32_t bytes, unsigned segs, bool indirect)
{
    struct fake_buf buf[130];
    unsigned n = 0;

    header = fake_alloc(16, 16);
    body = fake_alloc(bytes ? bytes : 1, 512);
    status = fake_alloc(1, 1);
    memcpy(fake_at(header), &type, 4);
    memcpy((uint8_t *)fake_at(header) + 8, &sector, 8);
    *(uint8_t *)fake_at(status) = 0xff;
    buf[n++] = (struct fake_buf){header, 16, false};
    for (unsigned i = 0; i < segs; i++) {
        buf[n++] = (struct fake_buf){body + i * (bytes / segs), bytes / segs, !writes(type)};
    }
    buf[n++] = (struct fake_buf){status, 1, true};
    CU_ASSERT_TRUE(fake_add(&q, buf, n, indirect) >= 0);
}

static uint8_t finish(uint32_t *written)
{
    fake_kick(&q);
    fake_disk_run();
    CU_ASSERT_TRUE(fake_get(&q, written) >= 0);
    return *(uint8_t *)fake_at(status);
}

static void test_config(void)
{
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x100), FAKE_SECTORS);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x104), 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x10c), 126);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x114), 512);
    fake_write(SLOT_DATA, 0x14, 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x10) & 1u << 5, 0);
    fake_write(SLOT_SYSTEM, 0x14, 0);
    CU_ASSERT_NOT_EQUAL(fake_read(SLOT_SYSTEM, 0x10) & 1u << 5, 0);
}

/* Physical blocks of 4 KiB; a read-only disk discards nothing, one on a card without TRIM nothing.
 */
static void test_limits(void)
{
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x10) & (F_DISCARD | F_WRITE_ZEROES),
                    F_DISCARD | F_WRITE_ZEROES);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x118), 8u << 16 | 3);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x11c), 1024);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x124), 1u << 21);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x128), 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x12c), 8);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x130), 1u << 17);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x134), 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x138) & 0xff, 1);
    fake_write(SLOT_SYSTEM, 0x14, 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_SYSTEM, 0x10) & (F_DISCARD | F_WRITE_ZEROES), 0);
    CU_ASSERT_EQUAL(fake_read(SLOT_SYSTEM, 0x128), 0);
}

static void test_read_write(void)
{
    uint32_t written;

    send(T_IN, 3, 4096, 8, true);
    CU_ASSERT_EQUAL(finish(&written), 0);
    CU_ASSERT_EQUAL(written, 4097);
    CU_ASSERT_EQUAL(memcmp(fake_at(body), fake.disk + 3 * 512, 4096), 0);
    CU_ASSERT_EQUAL(fake_ack(SLOT_DATA), 1);
    send(T_OUT, 5, 1024, 2, false);
    memset(fake_at(body), 0x5a, 1024);
    CU_ASSERT_EQUAL(finish(&written), 0);
    CU_ASSERT_EQUAL(written, 1);
    CU_ASSERT_EQUAL(fake.disk[5 * 512], 0x5a);
    CU_ASSERT_EQUAL(fake.disk[7 * 512 - 1], 0x5a);
    CU_ASSERT_NOT_EQUAL(fake.disk[7 * 512], 0x5a);
}

static void test_many_segments(void)
{
    send(T_IN, 0, 126 * 512, 126, true);
    CU_ASSERT_EQUAL(finish(NULL), 0);
    CU_ASSERT_EQUAL(memcmp(fake_at(body), fake.disk, 126 * 512), 0);
    send(T_IN, 0, 127 * 512, 127, true); /* more than seg_max */
    CU_ASSERT_EQUAL(finish(NULL), 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 15);
}

static void test_any_layout(void)
{
    /* 2.7.4: header with data in one piece, header torn, status at the end of the data. */
    uint64_t at = fake_alloc(2048, 16);
    struct fake_buf write[] = {{at, 8, false}, {at + 8, 8 + 512, false}, {at + 1024, 1, true}};
    struct fake_buf read[] = {{at, 16, false}, {at + 1024, 100, true}, {at + 1124, 413, true}};
    uint32_t written;

    memset(fake_at(at), 0, 2048);
    ((uint32_t *)fake_at(at))[0] = T_OUT;
    ((uint32_t *)fake_at(at))[2] = 9;
    memset(fake_at(at + 16), 0x77, 512);
    fake_add(&q, write, 3, false);
    fake_kick(&q);
    fake_disk_run();
    CU_ASSERT_TRUE(fake_get(&q, NULL) >= 0);
    CU_ASSERT_EQUAL(fake.disk[9 * 512], 0x77);
    CU_ASSERT_EQUAL(fake.disk[10 * 512 - 1], 0x77);
    ((uint32_t *)fake_at(at))[0] = T_IN;
    fake_add(&q, read, 3, false);
    fake_kick(&q);
    fake_disk_run();
    CU_ASSERT_TRUE(fake_get(&q, &written) >= 0);
    CU_ASSERT_EQUAL(written, 513);
    CU_ASSERT_EQUAL(memcmp(fake_at(at + 1024), fake.disk + 9 * 512, 512), 0);
    CU_ASSERT_EQUAL(*(uint8_t *)fake_at(at + 1536), 0);
}

static void test_get_id(void)
{
    uint32_t written;

    send(T_GET_ID, 0, 20, 1, true);
    CU_ASSERT_EQUAL(finish(&written), 0);
    CU_ASSERT_EQUAL(written, 21);
    CU_ASSERT_STRING_EQUAL(fake_at(body), "personal-data");
    send(T_GET_ID, 0, 4, 1, true);
    CU_ASSERT_EQUAL(finish(&written), 0);
    CU_ASSERT_EQUAL(written, 5);
}

/* A request for a range; its status. */
static uint8_t range(uint32_t type, uint64_t sector, uint32_t sectors, uint32_t flags)
{
    send(type, 0, 16, 1, true);
    memcpy(fake_at(body), &sector, 8);
    memcpy((uint8_t *)fake_at(body) + 8, &sectors, 4);
    memcpy((uint8_t *)fake_at(body) + 12, &flags, 4);
    return finish(NULL);
}

/* The sectors from `from` to `to` - 1 are zero, those around them are not. */
static bool only_zero(unsigned from, unsigned to)
{
    static const uint8_t zero[BLK_SECTOR];
    bool ok = true;

    for (unsigned i = from - 1; i <= to; i++) {
        ok = ok && !memcmp(fake.disk + i * BLK_SECTOR, zero, BLK_SECTOR) == (i >= from && i < to);
    }
    return ok;
}

static void test_discard(void)
{
    CU_ASSERT_EQUAL(range(T_DISCARD, 8, 16, 0), 0);
    CU_ASSERT_TRUE(only_zero(8, 24));
    CU_ASSERT_EQUAL(fake.trims, 1);
    CU_ASSERT_EQUAL(range(T_DISCARD, 8, 0, 0), 0);
    CU_ASSERT_EQUAL(range(T_DISCARD, 40, 8, UNMAP), 2); /* 5.2.6.2: not with this flag */
    CU_ASSERT_EQUAL(range(T_DISCARD, 40, 8, 2), 2);
    CU_ASSERT_EQUAL(range(T_DISCARD, FAKE_SECTORS - 1, 2, 0), 1);
    CU_ASSERT_EQUAL(range(T_DISCARD, UINT64_MAX, 2, 0), 1);
    CU_ASSERT_EQUAL(range(T_DISCARD, 0, UINT32_MAX, 0), 1);
    CU_ASSERT_EQUAL(fake.zeros, 0);
    fake.no_trim = true;
    CU_ASSERT_EQUAL(range(T_DISCARD, 40, 8, 0), 2);
}

static void test_write_zeroes(void)
{
    CU_ASSERT_EQUAL(range(T_WRITE_ZEROES, 8, 16, UNMAP), 0);
    CU_ASSERT_EQUAL(fake.trims, 1);
    CU_ASSERT_EQUAL(range(T_WRITE_ZEROES, 24, 1, 0), 0); /* it must keep its room */
    CU_ASSERT_EQUAL(fake.zeros, 1);
    CU_ASSERT_TRUE(only_zero(8, 25));
    CU_ASSERT_EQUAL(range(T_WRITE_ZEROES, 40, 8, 4), 2);
    CU_ASSERT_EQUAL(range(T_WRITE_ZEROES, FAKE_SECTORS, 1, 0), 1);
    CU_ASSERT_EQUAL(range(T_WRITE_ZEROES, 0, (1u << 17) + 1, UNMAP), 1);
    fake.no_trim = true;
    CU_ASSERT_EQUAL(range(T_WRITE_ZEROES, 40, 2, UNMAP), 0);
    CU_ASSERT_EQUAL(fake.zeros, 2);
    CU_ASSERT_TRUE(only_zero(40, 42));
}

/* A host without room makes no hole: a discard is done all the same, zeros are written. */
static void test_no_room_for_holes(void)
{
    fake.trim_error = true;
    CU_ASSERT_EQUAL(range(T_DISCARD, 8, 16, 0), 0);
    CU_ASSERT_EQUAL(range(T_DISCARD, FAKE_SECTORS, 1, 0), 1);
    CU_ASSERT_EQUAL(fake.zeros, 0);
    CU_ASSERT_EQUAL(range(T_WRITE_ZEROES, 40, 8, UNMAP), 0);
    CU_ASSERT_EQUAL(fake.zeros, 1);
    CU_ASSERT_TRUE(only_zero(40, 48));
    fake.disk_error = true;
    CU_ASSERT_EQUAL(range(T_WRITE_ZEROES, 40, 8, UNMAP), 1);
}

/* One range at a time, whole; nothing on a disk that is read only. */
static void test_ranges_refused(void)
{
    send(T_DISCARD, 0, 32, 1, true);
    CU_ASSERT_EQUAL(finish(NULL), 1);
    send(T_WRITE_ZEROES, 0, 15, 1, true);
    CU_ASSERT_EQUAL(finish(NULL), 1);
    send(T_DISCARD, 0, 0, 0, true);
    CU_ASSERT_EQUAL(finish(NULL), 1);
    probe(SLOT_SYSTEM, FEATURES);
    CU_ASSERT_EQUAL(range(T_DISCARD, 0, 8, 0), 1);
    CU_ASSERT_EQUAL(range(T_WRITE_ZEROES, 0, 8, 0), 1);
    CU_ASSERT_EQUAL(fake.trims + fake.zeros, 0);
}

static void test_flush(void)
{
    send(T_FLUSH, 0, 0, 0, true);
    CU_ASSERT_EQUAL(finish(NULL), 0);
    CU_ASSERT_EQUAL(fake.flushes, 1);
}

static void test_errors(void)
{
    uint32_t written;

    send(T_UNKNOWN, 0, 512, 1, true);
    CU_ASSERT_EQUAL(finish(&written), 2);
    send(T_IN, FAKE_SECTORS - 1, 1024, 1, true);
    CU_ASSERT_EQUAL(finish(&written), 1);
    CU_ASSERT_EQUAL(written, 1);
    send(T_IN, UINT64_MAX, 512, 1, true);
    CU_ASSERT_EQUAL(finish(&written), 1);
    send(T_IN, 0, 500, 1, true);
    CU_ASSERT_EQUAL(finish(&written), 1);
    send(T_IN, 0, 0, 0, true);
    CU_ASSERT_EQUAL(finish(&written), 1);
    CU_ASSERT_EQUAL(fake.submitted, 0);
    fake.disk_error = true;
    send(T_OUT, 0, 512, 1, true);
    CU_ASSERT_EQUAL(finish(&written), 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 15);
}

static void test_read_only(void)
{
    probe(SLOT_SYSTEM, FEATURES);
    send(T_OUT, 0, 512, 1, true);
    CU_ASSERT_EQUAL(finish(NULL), 1);
    send(T_IN, 1, 512, 1, true);
    CU_ASSERT_EQUAL(finish(NULL), 0);
}

static void test_many_under_way(void)
{
    /* The whole queue is taken; nothing is answered before the disk is done; order is the disk's.
     */
    for (unsigned i = 0; i < 128; i++) {
        send(T_IN, i, 512, 1, true);
    }
    fake_kick(&q);
    CU_ASSERT_EQUAL(fake.submitted, 128);
    CU_ASSERT_EQUAL(fake_get(&q, NULL), -1);
    CU_ASSERT_EQUAL(fake_ack(SLOT_DATA), 0);
    fake_disk_run();
    for (unsigned i = 0; i < 128; i++) {
        CU_ASSERT_TRUE(fake_get(&q, NULL) >= 0);
    }
    send(T_IN, 1, 512, 1, true);
    CU_ASSERT_EQUAL(finish(NULL), 0);
}

static void test_reset_under_way(void)
{
    send(T_IN, 0, 512, 1, true);
    send(T_IN, 1, 512, 1, true);
    fake_kick(&q);
    fake_write(SLOT_DATA, 0x70, 0);
    CU_ASSERT_EQUAL(fake.cancelled, 2);
    CU_ASSERT_FALSE(fake_disk_step());
    CU_ASSERT_EQUAL(*(uint8_t *)fake_at(status), 0xff);
    probe(SLOT_DATA, FAKE_VERSION1);
    send(T_IN, 2, 512, 1, false);
    CU_ASSERT_EQUAL(finish(NULL), 0);
}

static void test_queue_stopped_under_way(void)
{
    send(T_IN, 0, 512, 1, true);
    fake_kick(&q);
    fake_write(SLOT_DATA, 0x44, 0);
    CU_ASSERT_EQUAL(fake.cancelled, 1);
    CU_ASSERT_FALSE(fake_disk_step());
}

static void no_status(struct fake_buf *buf, unsigned n)
{
    fake_add(&q, buf, n, true);
    fake_kick(&q);
    CU_ASSERT_EQUAL(fake_read(SLOT_DATA, 0x70), 0x4f);
    CU_ASSERT_EQUAL(fake_ack(SLOT_DATA), 2);
    probe(SLOT_DATA, FEATURES);
}

static void test_malformed(void)
{
    uint64_t at = fake_alloc(1024, 16);
    struct fake_buf no_in[] = {{at, 16, false}};
    struct fake_buf short_header[] = {{at, 15, false}, {at + 16, 1, true}};
    struct fake_buf no_out[] = {{at, 16, true}};

    no_status(no_in, 1);
    no_status(short_header, 2);
    no_status(no_out, 1);
}

static void test_event_index(void)
{
    unsigned notified = 0, raised = fake.raised[SLOT_DATA];

    /* One at a time: a notification and an interrupt each. */
    for (unsigned i = 0; i < 300; i++) {
        send(T_IN, 0, 512, 1, true);
        notified += fake_kick(&q);
        fake_disk_run();
        CU_ASSERT_TRUE(fake_get(&q, NULL) >= 0);
        fake_ack(SLOT_DATA);
    }
    CU_ASSERT_EQUAL(notified, 300);
    CU_ASSERT_EQUAL(fake.raised[SLOT_DATA] - raised, 300);
}

int main(void)
{
    CU_pSuite suite;

    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 1;
    }
    suite = CU_add_suite_with_setup_and_teardown("block", NULL, NULL, set_up, fake_end);
    CU_add_test(suite, "configuration", test_config);
    CU_add_test(suite, "read and write", test_read_write);
    CU_add_test(suite, "many segments", test_many_segments);
    CU_add_test(suite, "any layout of buffers", test_any_layout);
    CU_add_test(suite, "GET_ID", test_get_id);
    CU_add_test(suite, "limits", test_limits);
    CU_add_test(suite, "DISCARD", test_discard);
    CU_add_test(suite, "WRITE_ZEROES", test_write_zeroes);
    CU_add_test(suite, "no room for holes", test_no_room_for_holes);
    CU_add_test(suite, "ranges that are refused", test_ranges_refused);
    CU_add_test(suite, "FLUSH", test_flush);
    CU_add_test(suite, "errors", test_errors);
    CU_add_test(suite, "read only", test_read_only);
    CU_add_test(suite, "many under way", test_many_under_way);
    CU_add_test(suite, "reset with requests under way", test_reset_under_way);
    CU_add_test(suite, "queue stopped with requests under way", test_queue_stopped_under_way);
    CU_add_test(suite, "malformed requests", test_malformed);
    CU_add_test(suite, "event index", test_event_index);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    return CU_get_number_of_failures() != 0;
}
