/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* virtio-gpu, 2D, as Linux's driver uses it, and as it should not: virtio 1.2, section 5.7. */
#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

#include "virtio/vgpu_abi.h"
#include "virtio_fake.h"

#define W FAKE_WIDTH
#define H FAKE_HEIGHT

static struct fake_queue control, cursor;
static uint64_t buffer;
static union {
    struct gpu_header header;
    struct gpu_display_info display;
    struct gpu_edid edid;
} reply;
static uint32_t reply_len;

static void set_up(void)
{
    fake_start();
    fake_negotiate(SLOT_GPU, FAKE_VERSION1 | FAKE_INDIRECT | 2);
    fake_queue_start(&control, SLOT_GPU, 0, 0);
    fake_queue_start(&cursor, SLOT_GPU, 1, 16);
    fake_driver_ok(SLOT_GPU);
    buffer = fake_alloc(8192, 4096);
}

/* Sends a command with `extra` bytes after it, in a buffer of its own; returns the reply's type. */
static uint32_t run(const void *cmd, uint32_t len, uint64_t extra, uint32_t extra_len)
{
    struct fake_buf buf[3] = {{buffer, len, false}};
    unsigned n = 1;

    memcpy(fake_at(buffer), cmd, len);
    if (extra_len) {
        buf[n++] = (struct fake_buf){extra, extra_len, false};
    }
    buf[n++] = (struct fake_buf){buffer + 4096, sizeof(reply), true};
    fake_add(&control, buf, n, false);
    fake_kick(&control);
    CU_ASSERT_TRUE(fake_get(&control, &reply_len) >= 0);
    memcpy(&reply, fake_at(buffer + 4096), sizeof(reply));
    return reply.header.type;
}

static uint32_t create(uint32_t id, uint32_t format, uint32_t width, uint32_t height)
{
    struct gpu_create_2d cmd = {{.type = GPU_CMD_RESOURCE_CREATE_2D}, id, format, width, height};

    return run(&cmd, sizeof(cmd), 0, 0);
}

static uint32_t simple(uint32_t type, uint32_t id)
{
    struct gpu_resource_cmd cmd = {{.type = type}, id, 0};

    return run(&cmd, sizeof(cmd), 0, 0);
}

/* Backing of `pages` pages, each at a place of its own, in an order that is not theirs. */
static uint64_t backing[2048];

static uint32_t attach(uint32_t id, unsigned pages)
{
    uint64_t table = fake_alloc(pages * sizeof(struct gpu_mem_entry), 8);
    uint64_t memory = fake_alloc(pages * 4096, 4096);
    struct gpu_mem_entry *e = fake_at(table);
    struct gpu_attach_backing cmd = {{.type = GPU_CMD_RESOURCE_ATTACH_BACKING}, id, pages};

    for (unsigned i = 0; i < pages; i++) {
        backing[i] = memory + (pages - 1 - i) * 4096;
        e[i] = (struct gpu_mem_entry){backing[i], 4096, 0};
    }
    return run(&cmd, sizeof(cmd), table, (uint32_t)(pages * sizeof(*e)));
}

static void paint(uint32_t at, uint32_t value)
{
    memcpy(fake_at(backing[at / 1024] + at % 1024 * 4), &value, 4);
}

static uint32_t transfer(uint32_t id, uint32_t x, uint32_t y, uint32_t w, uint32_t h,
                         uint64_t offset)
{
    struct gpu_transfer cmd = {{.type = GPU_CMD_TRANSFER_TO_HOST_2D}, {x, y, w, h}, offset, id, 0};

    return run(&cmd, sizeof(cmd), 0, 0);
}

static uint32_t scanout(uint32_t head, uint32_t id, uint32_t x, uint32_t y, uint32_t w, uint32_t h)
{
    struct gpu_set_scanout cmd = {{.type = GPU_CMD_SET_SCANOUT}, {x, y, w, h}, head, id};

    return run(&cmd, sizeof(cmd), 0, 0);
}

static uint32_t flush(uint32_t id, uint32_t x, uint32_t y, uint32_t w, uint32_t h)
{
    struct gpu_flush cmd = {{.type = GPU_CMD_RESOURCE_FLUSH}, {x, y, w, h}, id, 0};

    return run(&cmd, sizeof(cmd), 0, 0);
}

static uint32_t shown(uint32_t x, uint32_t y)
{
    uint32_t value;

    memcpy(&value, (const uint8_t *)fake.scanout.pixels + y * fake.scanout.stride + x * 4, 4);
    return value;
}

static void test_display_info(void)
{
    struct gpu_header cmd = {
        .type = GPU_CMD_GET_DISPLAY_INFO, .flags = 1, .fence_id = 0x1234567890};

    CU_ASSERT_EQUAL(run(&cmd, sizeof(cmd), 0, 0), GPU_RESP_OK_DISPLAY_INFO);
    CU_ASSERT_EQUAL(reply_len, sizeof(struct gpu_display_info));
    CU_ASSERT_EQUAL(reply.display.mode[0].rect.width, W);
    CU_ASSERT_EQUAL(reply.display.mode[0].rect.height, H);
    CU_ASSERT_EQUAL(reply.display.mode[0].enabled, 1);
    CU_ASSERT_EQUAL(reply.display.mode[1].enabled, 0);
    CU_ASSERT_EQUAL(reply.header.flags, 1);
    CU_ASSERT_EQUAL(reply.header.fence_id, 0x1234567890);
    CU_ASSERT_EQUAL(fake_read(SLOT_GPU, 0x108), 1);
    CU_ASSERT_EQUAL(fake_read(SLOT_GPU, 0x10c), 0);
}

static void test_edid(void)
{
    struct gpu_get_edid cmd = {{.type = GPU_CMD_GET_EDID}, 0, 0};
    const uint8_t *e = reply.edid.edid;
    uint8_t sum = 0;
    unsigned clock, htotal, vtotal;

    CU_ASSERT_EQUAL(run(&cmd, sizeof(cmd), 0, 0), GPU_RESP_OK_EDID);
    CU_ASSERT_EQUAL(reply.edid.size, 128);
    for (unsigned i = 0; i < 128; i++) {
        sum = (uint8_t)(sum + e[i]);
    }
    CU_ASSERT_EQUAL(sum, 0);
    CU_ASSERT_EQUAL(memcmp(e, "\0\xff\xff\xff\xff\xff\xff\0", 8), 0);
    CU_ASSERT_EQUAL(e[126], 0);
    clock = (unsigned)(e[54] | e[55] << 8) * 10000;
    CU_ASSERT_EQUAL((e[56] | (e[58] & 0xf0) << 4), W);
    CU_ASSERT_EQUAL((e[59] | (e[61] & 0xf0) << 4), H);
    htotal = W + (unsigned)(e[57] | (e[58] & 0x0f) << 8);
    vtotal = H + (unsigned)(e[60] | (e[61] & 0x0f) << 8);
    CU_ASSERT_EQUAL((clock + htotal * vtotal / 2) / (htotal * vtotal), 60);
    CU_ASSERT_EQUAL(e[66] | (e[68] & 0xf0) << 4, 62);
    CU_ASSERT_EQUAL(memcmp(e + 72, "\0\0\0\xfc\0Phonebooth\n  ", 18), 0);
    cmd.scanout = 1;
    CU_ASSERT_EQUAL(run(&cmd, sizeof(cmd), 0, 0), GPU_RESP_ERR_INVALID_SCANOUT_ID);
}

static void test_frame(void)
{
    unsigned pages = (W * H * 4 + 4095) / 4096;

    CU_ASSERT_EQUAL(create(7, GPU_FORMAT_B8G8R8X8, W, H), GPU_RESP_OK_NODATA);
    CU_ASSERT_EQUAL(attach(7, pages), GPU_RESP_OK_NODATA);
    for (uint32_t i = 0; i < W * H; i++) {
        paint(i, i * 2654435761u);
    }
    CU_ASSERT_EQUAL(scanout(0, 7, 0, 0, W, H), GPU_RESP_OK_NODATA);
    CU_ASSERT_TRUE(fake.scanout_on);
    CU_ASSERT_EQUAL(fake.scanout.width, W);
    CU_ASSERT_EQUAL(fake.scanout.height, H);
    CU_ASSERT_EQUAL(fake.scanout.format, PIXEL_XRGB8888);
    CU_ASSERT_EQUAL(shown(0, 0), 0);
    CU_ASSERT_EQUAL(shown(W - 1, H - 1), 0);
    CU_ASSERT_EQUAL(transfer(7, 0, 0, W, H, 0), GPU_RESP_OK_NODATA);
    for (uint32_t i = 0; i < W * H; i++) {
        if (shown(i % W, i / W) != i * 2654435761u) {
            CU_FAIL_FATAL("pixel wrong");
        }
    }
    CU_ASSERT_EQUAL(flush(7, 0, 0, W, H), GPU_RESP_OK_NODATA);
    CU_ASSERT_EQUAL(fake.flush.height, H);
    CU_ASSERT_EQUAL(fake.flushed, 1);
}

static void test_partial_transfer(void)
{
    uint32_t w = 100, h = 60;

    create(1, GPU_FORMAT_B8G8R8A8, w, h);
    attach(1, 6);
    for (uint32_t i = 0; i < w * h; i++) {
        paint(i, i + 1);
    }
    scanout(0, 1, 0, 0, w, h);
    CU_ASSERT_EQUAL(transfer(1, 10, 20, 30, 5, (20 * w + 10) * 4), GPU_RESP_OK_NODATA);
    for (uint32_t i = 0; i < w * h; i++) {
        uint32_t x = i % w, y = i / w;
        bool in = x >= 10 && x < 40 && y >= 20 && y < 25;

        if (shown(x, y) != (in ? i + 1 : 0)) {
            CU_FAIL_FATAL("pixel wrong");
        }
    }
    /* The last byte of the backing is 24576: one row past it is too much. */
    CU_ASSERT_EQUAL(transfer(1, 0, 0, w, h, 576), GPU_RESP_OK_NODATA);
    CU_ASSERT_EQUAL(transfer(1, 0, 0, w, h, 577), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(transfer(1, 0, 0, w, h, UINT64_MAX - 3), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(transfer(1, 1, 0, w, 1, 0), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(transfer(1, 0, UINT32_MAX, 1, 2, 0), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(transfer(1, 0, 0, 0, 1, 0), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(transfer(2, 0, 0, 1, 1, 0), GPU_RESP_ERR_INVALID_RESOURCE_ID);
}

static void test_window_of_resource(void)
{
    create(1, GPU_FORMAT_B8G8R8X8, 200, 100);
    CU_ASSERT_EQUAL(scanout(0, 1, 50, 10, 100, 80), GPU_RESP_OK_NODATA);
    CU_ASSERT_PTR_EQUAL(fake.scanout.pixels, fake.pixels + (10 * 200 + 50) * 4);
    CU_ASSERT_EQUAL(fake.scanout.stride, 800);
    CU_ASSERT_EQUAL(flush(1, 0, 0, 60, 20), GPU_RESP_OK_NODATA);
    CU_ASSERT_EQUAL(fake.flush.x, 0);
    CU_ASSERT_EQUAL(fake.flush.width, 10);
    CU_ASSERT_EQUAL(fake.flush.height, 10);
    flush(1, 0, 0, 10, 10); /* not seen */
    CU_ASSERT_EQUAL(fake.flushed, 1);
    CU_ASSERT_EQUAL(flush(1, 150, 0, 51, 1), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(scanout(0, 1, 101, 0, 100, 1), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(scanout(1, 1, 0, 0, 10, 10), GPU_RESP_ERR_INVALID_SCANOUT_ID);
    CU_ASSERT_EQUAL(scanout(0, 9, 0, 0, 10, 10), GPU_RESP_ERR_INVALID_RESOURCE_ID);
    CU_ASSERT_EQUAL(scanout(0, 0, 0, 0, 0, 0), GPU_RESP_OK_NODATA);
    CU_ASSERT_FALSE(fake.scanout_on);
}

static void test_unref_of_what_is_shown(void)
{
    create(1, GPU_FORMAT_B8G8R8X8, 64, 64);
    scanout(0, 1, 0, 0, 64, 64);
    CU_ASSERT_EQUAL(simple(GPU_CMD_RESOURCE_UNREF, 1), GPU_RESP_OK_NODATA);
    CU_ASSERT_FALSE(fake.scanout_on);
    CU_ASSERT_EQUAL(simple(GPU_CMD_RESOURCE_UNREF, 1), GPU_RESP_ERR_INVALID_RESOURCE_ID);
    CU_ASSERT_EQUAL(flush(1, 0, 0, 1, 1), GPU_RESP_ERR_INVALID_RESOURCE_ID);
}

static void test_create_errors(void)
{
    CU_ASSERT_EQUAL(create(0, 1, 64, 64), GPU_RESP_ERR_INVALID_RESOURCE_ID);
    CU_ASSERT_EQUAL(create(1, 3, 64, 64), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(create(1, 1, 0, 64), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(create(1, 1, 64, 0), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(create(1, 1, UINT32_MAX, UINT32_MAX), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(create(1, 1, 4096, 4096), GPU_RESP_ERR_OUT_OF_MEMORY);
    CU_ASSERT_EQUAL(create(1, 1, 64, 64), GPU_RESP_OK_NODATA);
    CU_ASSERT_EQUAL(create(1, 1, 64, 64), GPU_RESP_ERR_INVALID_RESOURCE_ID);
}

static void test_memory_comes_back(void)
{
    unsigned fit = 0;

    while (create(fit + 1, 1, W, H) == GPU_RESP_OK_NODATA) {
        fit++;
    }
    CU_ASSERT_EQUAL(reply.header.type, GPU_RESP_ERR_OUT_OF_MEMORY);
    CU_ASSERT_TRUE(fit >= 8);
    CU_ASSERT_EQUAL(simple(GPU_CMD_RESOURCE_UNREF, 3), GPU_RESP_OK_NODATA);
    CU_ASSERT_EQUAL(create(100, 1, W, H), GPU_RESP_OK_NODATA);
    CU_ASSERT_EQUAL(create(101, 1, W, H), GPU_RESP_ERR_OUT_OF_MEMORY);
    fake_write(SLOT_GPU, 0x70, 0);
    fake_end();
    set_up();
    for (unsigned i = 1; i <= 64; i++) {
        CU_ASSERT_EQUAL(create(i, 1, 16, 16), GPU_RESP_OK_NODATA);
    }
    CU_ASSERT_EQUAL(create(65, 1, 16, 16), GPU_RESP_ERR_OUT_OF_MEMORY);
}

static void test_old_pixels_do_not_show(void)
{
    create(1, 1, 64, 64);
    memset(fake.pixels, 0x55, 64 * 64 * 4);
    simple(GPU_CMD_RESOURCE_UNREF, 1);
    create(2, 1, 64, 64);
    scanout(0, 2, 0, 0, 64, 64);
    CU_ASSERT_EQUAL(shown(63, 63), 0);
}

static void test_backing_errors(void)
{
    struct gpu_attach_backing cmd = {{.type = GPU_CMD_RESOURCE_ATTACH_BACKING}, 1, 2};
    uint64_t table = fake_alloc(4096, 8);
    struct gpu_mem_entry *e = fake_at(table);

    create(1, 1, 32, 32);
    e[0] = (struct gpu_mem_entry){FAKE_RAM_IPA, 4096, 0};
    e[1] = (struct gpu_mem_entry){FAKE_RAM_IPA + FAKE_RAM - 4, 8, 0};
    CU_ASSERT_EQUAL(run(&cmd, sizeof(cmd), table, 32), GPU_RESP_ERR_INVALID_PARAMETER);
    e[1] = (struct gpu_mem_entry){UINT64_MAX, UINT32_MAX, 0};
    CU_ASSERT_EQUAL(run(&cmd, sizeof(cmd), table, 32), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(transfer(1, 0, 0, 1, 1, 0), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(run(&cmd, sizeof(cmd), table, 31), GPU_RESP_ERR_UNSPEC);
    cmd.entries = 0;
    CU_ASSERT_EQUAL(run(&cmd, sizeof(cmd), table, 32), GPU_RESP_ERR_UNSPEC);
    cmd.entries = UINT32_MAX;
    CU_ASSERT_EQUAL(run(&cmd, sizeof(cmd), table, 32), GPU_RESP_ERR_UNSPEC);
    CU_ASSERT_EQUAL(simple(GPU_CMD_RESOURCE_DETACH_BACKING, 1), GPU_RESP_ERR_UNSPEC);
    CU_ASSERT_EQUAL(attach(1, 1), GPU_RESP_OK_NODATA);
    CU_ASSERT_EQUAL(attach(1, 1), GPU_RESP_ERR_UNSPEC);
    CU_ASSERT_EQUAL(simple(GPU_CMD_RESOURCE_DETACH_BACKING, 1), GPU_RESP_OK_NODATA);
    CU_ASSERT_EQUAL(attach(1, 1), GPU_RESP_OK_NODATA);
    CU_ASSERT_EQUAL(attach(2, 1), GPU_RESP_ERR_INVALID_RESOURCE_ID);
}

static void move(uint32_t type, uint32_t x, uint32_t y, uint32_t id, uint32_t hot)
{
    struct gpu_cursor cmd = {{.type = type}, 0, x, y, 0, id, hot, hot, 0};
    struct fake_buf buf = {buffer, sizeof(cmd), false};

    memcpy(fake_at(buffer), &cmd, sizeof(cmd));
    fake_add(&cursor, &buf, 1, false); /* Linux gives no room for a reply */
    fake_kick(&cursor);
    CU_ASSERT_TRUE(fake_get(&cursor, NULL) >= 0);
}

static void test_cursor(void)
{
    create(5, GPU_FORMAT_B8G8R8A8, 64, 64);
    move(GPU_CMD_UPDATE_CURSOR, 100, 200, 5, 3);
    CU_ASSERT_TRUE(fake.cursor_on);
    CU_ASSERT_EQUAL(fake.cursor.format, PIXEL_ARGB8888);
    CU_ASSERT_EQUAL(fake.cursor_x, 97);
    CU_ASSERT_EQUAL(fake.cursor_y, 197);
    move(GPU_CMD_MOVE_CURSOR, (uint32_t)-10, 20, 0, 0);
    CU_ASSERT_EQUAL(fake.cursor_x, -13);
    CU_ASSERT_EQUAL(fake.cursor_y, 17);
    move(GPU_CMD_MOVE_CURSOR, INT32_MAX, INT32_MIN, 0, 0);
    move(GPU_CMD_UPDATE_CURSOR, 0, 0, 0, 0);
    CU_ASSERT_FALSE(fake.cursor_on);
    create(6, GPU_FORMAT_B8G8R8A8, 65, 64);
    move(GPU_CMD_UPDATE_CURSOR, 0, 0, 6, 0);
    CU_ASSERT_FALSE(fake.cursor_on);
    move(GPU_CMD_UPDATE_CURSOR, 0, 0, 5, 0);
    simple(GPU_CMD_RESOURCE_UNREF, 5);
    CU_ASSERT_FALSE(fake.cursor_on);
}

static void test_odd_commands(void)
{
    struct gpu_cursor cmd = {{.type = GPU_CMD_UPDATE_CURSOR}, 0, 0, 0, 0, 0, 0, 0, 0};
    struct gpu_header unknown = {.type = 0x9999};
    struct fake_buf tiny = {buffer, 23, false};

    CU_ASSERT_EQUAL(run(&cmd, sizeof(cmd), 0, 0), GPU_RESP_ERR_UNSPEC); /* wrong queue */
    CU_ASSERT_EQUAL(run(&unknown, sizeof(unknown), 0, 0), GPU_RESP_ERR_UNSPEC);
    unknown.type = GPU_CMD_RESOURCE_CREATE_2D;
    CU_ASSERT_EQUAL(run(&unknown, sizeof(unknown), 0, 0), GPU_RESP_ERR_UNSPEC); /* cut off */
    fake_add(&control, &tiny, 1, false);
    fake_kick(&control);
    CU_ASSERT_EQUAL(fake_read(SLOT_GPU, 0x70), 0x4f);
}

static void test_fair_share(void)
{
    struct gpu_transfer cmd = {{.type = GPU_CMD_TRANSFER_TO_HOST_2D}, {0, 0, W, H}, 0, 7, 0};
    uint64_t at = fake_alloc(4096, 8);
    struct fake_buf buf[2] = {{at, sizeof(cmd), false}, {at + 64, 24, true}};
    unsigned done = 0, turns = 1;

    create(7, GPU_FORMAT_B8G8R8X8, W, H);
    attach(7, (W * H * 4 + 4095) / 4096);
    memcpy(fake_at(at), &cmd, sizeof(cmd));
    for (unsigned i = 0; i < 100; i++) {
        fake_add(&control, buf, 2, false);
    }
    fake_kick(&control);
    while (fake_get(&control, NULL) >= 0) {
        done++;
    }
    CU_ASSERT_TRUE(done > 0 && done < 10); /* then others have their turn */
    fake_write(SLOT_GPU, 0x50, 0);         /* a notification buys nothing */
    CU_ASSERT_EQUAL(fake_get(&control, NULL), -1);
    for (; fake_timers(); turns++) {
        while (fake_get(&control, NULL) >= 0) {
            done++;
        }
    }
    CU_ASSERT_EQUAL(done, 100);
    CU_ASSERT_TRUE(turns >= 100 / 10);
}

int main(void)
{
    CU_pSuite suite;

    if (CU_initialize_registry() != CUE_SUCCESS) {
        return 1;
    }
    suite = CU_add_suite_with_setup_and_teardown("gpu", NULL, NULL, set_up, fake_end);
    CU_add_test(suite, "display information", test_display_info);
    CU_add_test(suite, "EDID", test_edid);
    CU_add_test(suite, "a frame from scattered pages", test_frame);
    CU_add_test(suite, "partial transfer", test_partial_transfer);
    CU_add_test(suite, "scanout of a part", test_window_of_resource);
    CU_add_test(suite, "unref of what is shown", test_unref_of_what_is_shown);
    CU_add_test(suite, "errors of create", test_create_errors);
    CU_add_test(suite, "memory comes back", test_memory_comes_back);
    CU_add_test(suite, "old pixels do not show", test_old_pixels_do_not_show);
    CU_add_test(suite, "errors of backing", test_backing_errors);
    CU_add_test(suite, "cursor", test_cursor);
    CU_add_test(suite, "odd commands", test_odd_commands);
    CU_add_test(suite, "fair share", test_fair_share);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    return CU_get_number_of_failures() != 0;
}
