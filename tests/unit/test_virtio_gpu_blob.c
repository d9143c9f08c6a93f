/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* virtio-gpu's blobs of guest memory, and the fence that a frame of the screen passes. */
#include <string.h>

#include "suite.h"
#include "virtio_fake.h"

#define WIDTH  64u
#define HEIGHT 32u
#define STRIDE 320u /* more than a row */
#define OFFSET 128u
#define SIZE   (OFFSET + STRIDE * HEIGHT)
#define PAGES  3u
#define FENCE  0x123456789abcull

_Static_assert(PAGES * 4096 >= SIZE && (PAGES - 1) * 4096 < SIZE, "the blob");

static struct fake_queue control;
static uint64_t in; /* of the answer */
static uint64_t page[PAGES];

static void begin(void)
{
    fake_start();
    fake_negotiate(SLOT_GPU, FAKE_VERSION1 | FAKE_INDIRECT | 1u << 3);
    fake_queue_start(&control, SLOT_GPU, 0, 0);
    fake_driver_ok(SLOT_GPU);
}

static void send(const void *command, uint32_t len, uint64_t more, uint32_t more_len)
{
    const uint64_t out = fake_alloc(len, 16);
    struct fake_buf buf[3] = {{out, len, false}};
    unsigned n = 1;

    in = fake_alloc(64, 16);
    memcpy(fake_at(out), command, len);
    if (more_len) {
        buf[n++] = (struct fake_buf){more, more_len, false};
    }
    buf[n++] = (struct fake_buf){in, 64, true};
    CU_ASSERT_TRUE_FATAL(fake_add(&control, buf, n, false) >= 0);
    fake_kick(&control);
}

/* The type of the answer; 0: there is none yet. */
static uint32_t answer(void)
{
    struct gpu_header header;
    uint32_t written;

    if (fake_get(&control, &written) < 0) {
        return 0;
    }
    memcpy(&header, fake_at(in), sizeof(header));
    return header.type;
}

static uint32_t create_of(uint32_t id, uint64_t size, uint32_t memory, unsigned pages)
{
    const struct gpu_create_blob cmd = {.header = {.type = GPU_CMD_RESOURCE_CREATE_BLOB},
                                        .resource = id,
                                        .memory = memory,
                                        .entries = pages,
                                        .size = size};
    const uint64_t table = fake_alloc(PAGES * sizeof(struct gpu_mem_entry), 8);
    struct gpu_mem_entry *entry = fake_at(table);

    for (unsigned i = 0; i < PAGES; i++) {
        page[PAGES - 1 - i] = fake_alloc(4096, 4096); /* not in order */
    }
    for (unsigned i = 0; i < PAGES; i++) {
        entry[i] = (struct gpu_mem_entry){page[i], 4096, 0};
    }
    send(&cmd, sizeof(cmd), table, (uint32_t)(pages * sizeof(*entry)));
    return answer();
}

static uint32_t create(uint32_t id)
{
    return create_of(id, SIZE, GPU_BLOB_MEM_GUEST, PAGES);
}

static void paint(uint32_t at, uint32_t value)
{
    memcpy((uint8_t *)fake_at(page[at / 4096]) + at % 4096, &value, sizeof(value));
}

static struct gpu_set_scanout_blob scanout_of(uint32_t id)
{
    return (struct gpu_set_scanout_blob){.header = {.type = GPU_CMD_SET_SCANOUT_BLOB},
                                         .rect = {0, 0, WIDTH, HEIGHT},
                                         .resource = id,
                                         .width = WIDTH,
                                         .height = HEIGHT,
                                         .format = GPU_FORMAT_B8G8R8X8,
                                         .stride = {STRIDE},
                                         .offset = {OFFSET}};
}

static uint32_t scanout(const struct gpu_set_scanout_blob *cmd)
{
    send(cmd, sizeof(*cmd), 0, 0);
    return answer();
}

static void flush(uint32_t id, uint32_t flags)
{
    const struct gpu_flush cmd = {
        .header = {.type = GPU_CMD_RESOURCE_FLUSH, .flags = flags, .fence_id = FENCE},
        .rect = {0, 0, WIDTH, HEIGHT},
        .resource = id};

    send(&cmd, sizeof(cmd), 0, 0);
}

static uint32_t shown(uint32_t x, uint32_t y)
{
    uint32_t value;

    memcpy(&value, (const uint8_t *)fake.scanout.pixels + y * fake.scanout.stride + x * 4, 4);
    return value;
}

static void show(void)
{
    const struct gpu_set_scanout_blob cmd = scanout_of(1);

    CU_ASSERT_EQUAL(create(1), GPU_RESP_OK_NODATA);
    CU_ASSERT_EQUAL(scanout(&cmd), GPU_RESP_OK_NODATA);
}

static void test_picture(void)
{
    begin();
    show();
    CU_ASSERT_TRUE(fake.scanout_on);
    CU_ASSERT_EQUAL(fake.scanout.width, WIDTH);
    CU_ASSERT_EQUAL(fake.scanout.height, HEIGHT);
    for (uint32_t y = 0; y < HEIGHT; y++) {
        paint(OFFSET + y * STRIDE, 0x100 + y);
        paint(OFFSET + y * STRIDE + (WIDTH - 1) * 4, 0x200 + y);
    }
    CU_ASSERT_EQUAL(shown(0, 5), 0); /* it has not been flushed */
    flush(1, 0);
    CU_ASSERT_EQUAL(answer(), GPU_RESP_OK_NODATA);
    for (uint32_t y = 0; y < HEIGHT; y++) {
        CU_ASSERT_EQUAL(shown(0, y), 0x100 + y);
        CU_ASSERT_EQUAL(shown(WIDTH - 1, y), 0x200 + y);
    }
    fake_end();
}

static void test_fence(void)
{
    struct gpu_header header;

    begin();
    show();
    flush(1, GPU_FLAG_FENCE);
    CU_ASSERT_EQUAL(answer(), 0);
    CU_ASSERT_EQUAL(fake.paced, 1);
    fake_ack(SLOT_GPU);
    gpu_frame(&fake_devices.gpu);
    CU_ASSERT_EQUAL(answer(), GPU_RESP_OK_NODATA);
    memcpy(&header, fake_at(in), sizeof(header));
    CU_ASSERT_EQUAL(header.fence_id, FENCE);
    CU_ASSERT_EQUAL(header.flags, GPU_FLAG_FENCE);
    CU_ASSERT_EQUAL(fake_ack(SLOT_GPU) & 1, 1);
    gpu_frame(&fake_devices.gpu);
    CU_ASSERT_EQUAL(answer(), 0);
    fake_end();
}

/* A guest that does not wait is not held up: there is a limit to what waits. */
static void test_many_fences(void)
{
    unsigned at_once = 0, later = 0;

    begin();
    show();
    for (unsigned i = 0; i < 2 * GPU_FLUSHES; i++) {
        flush(1, GPU_FLAG_FENCE);
        at_once += answer() != 0;
    }
    gpu_frame(&fake_devices.gpu);
    while (fake_get(&control, NULL) >= 0) {
        later++;
    }
    CU_ASSERT_EQUAL(at_once, GPU_FLUSHES);
    CU_ASSERT_EQUAL(later, GPU_FLUSHES);
    fake_end();
}

static void test_reset_while_it_waits(void)
{
    begin();
    show();
    flush(1, GPU_FLAG_FENCE);
    fake_write(SLOT_GPU, 0x70, 0);
    gpu_frame(&fake_devices.gpu);
    CU_ASSERT_EQUAL(fake_devices.gpu.waits, 0);
    CU_ASSERT_EQUAL(fake.complaints, 0);
    fake_end();
}

/* The service starts again: what waits is answered, and the next one waits. */
static void test_resume(void)
{
    begin();
    show();
    flush(1, GPU_FLAG_FENCE);
    fake.bus.kept = true;
    memset(fake.bus.slot, 0, sizeof(fake.bus.slot));
    fake_attach();
    virtio_bus_resume(&fake.bus);
    CU_ASSERT_EQUAL(answer(), GPU_RESP_OK_NODATA);
    flush(1, GPU_FLAG_FENCE);
    CU_ASSERT_EQUAL(answer(), 0);
    gpu_frame(&fake_devices.gpu);
    CU_ASSERT_EQUAL(answer(), GPU_RESP_OK_NODATA);
    fake_end();
}

static void test_create_errors(void)
{
    begin();
    CU_ASSERT_EQUAL(create(0), GPU_RESP_ERR_INVALID_RESOURCE_ID);
    CU_ASSERT_EQUAL(create_of(1, SIZE, 2, PAGES), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(create_of(1, 0, GPU_BLOB_MEM_GUEST, PAGES), GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(create_of(1, GPU_BLOB_MAX + 1ull, GPU_BLOB_MEM_GUEST, PAGES),
                    GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(create_of(1, GPU_BLOB_MAX, GPU_BLOB_MEM_GUEST, PAGES),
                    GPU_RESP_ERR_OUT_OF_MEMORY);
    CU_ASSERT_EQUAL(create_of(1, PAGES * 4096 + 1, GPU_BLOB_MEM_GUEST, PAGES),
                    GPU_RESP_ERR_INVALID_PARAMETER);
    CU_ASSERT_EQUAL(create_of(1, SIZE, GPU_BLOB_MEM_GUEST, 0), GPU_RESP_ERR_UNSPEC);
    for (unsigned i = 0; i < 4; i++) { /* nothing of those is left */
        CU_ASSERT_EQUAL(create(1), GPU_RESP_OK_NODATA);
        CU_ASSERT_EQUAL(create(1), GPU_RESP_ERR_INVALID_RESOURCE_ID);
        send(&(struct gpu_resource_cmd){{.type = GPU_CMD_RESOURCE_UNREF}, 1, 0},
             sizeof(struct gpu_resource_cmd), 0, 0);
        CU_ASSERT_EQUAL(answer(), GPU_RESP_OK_NODATA);
    }
    fake_end();
}

/* A picture that is not all in the blob; what was shown before stays as it is. */
static void test_scanout_errors(void)
{
    struct gpu_set_scanout_blob cmd;
    const struct image *image = &fake.scanout;
    struct image before;

    begin();
    show();
    before = *image;
#define WRONG(change)                                                   \
    do {                                                                \
        cmd = scanout_of(1);                                            \
        change;                                                         \
        CU_ASSERT_EQUAL(scanout(&cmd), GPU_RESP_ERR_INVALID_PARAMETER); \
    } while (0)
    WRONG(cmd.height++);
    WRONG(cmd.offset[0] += 4);
    WRONG(cmd.offset[0] = UINT32_MAX - 3);
    WRONG(cmd.stride[0] = WIDTH * 4 - 4);
    WRONG(cmd.stride[0] += 4);
    WRONG(cmd.stride[0] = UINT32_MAX - 3);
    WRONG(cmd.stride[0]--);
    WRONG(cmd.width = 0);
    WRONG(cmd.rect.width++);
    WRONG(cmd.width = 16; cmd.rect.width = 17);
    WRONG(cmd.format = 99);
    cmd = scanout_of(2);
    CU_ASSERT_EQUAL(scanout(&cmd), GPU_RESP_ERR_INVALID_RESOURCE_ID);
    gpu_show_again(&fake_devices.gpu);
    CU_ASSERT_EQUAL(image->stride, before.stride);
    CU_ASSERT_EQUAL(image->width, before.width);
    fake_end();
}

/* Its backing is its own: it cannot be exchanged for a shorter one. */
static void test_backing_stays(void)
{
    const struct gpu_attach_backing attach = {
        .header = {.type = GPU_CMD_RESOURCE_ATTACH_BACKING}, .resource = 1, .entries = 1};
    const struct gpu_resource_cmd detach = {.header = {.type = GPU_CMD_RESOURCE_DETACH_BACKING},
                                            .resource = 1};

    begin();
    show();
    send(&detach, sizeof(detach), 0, 0);
    CU_ASSERT_EQUAL(answer(), GPU_RESP_ERR_UNSPEC);
    send(&attach, sizeof(attach), fake_alloc(16, 8), 16);
    CU_ASSERT_EQUAL(answer(), GPU_RESP_ERR_UNSPEC);
    flush(1, 0);
    CU_ASSERT_EQUAL(answer(), GPU_RESP_OK_NODATA);
    fake_end();
}

/* A driver that shares its memory page by page would have to say when it has written. */
static void test_not_for_protected(void)
{
    begin();
    CU_ASSERT_NOT_EQUAL(fake_devices.gpu.dev.features & 1u << 3, 0);
    fake.bus.access_platform = true;
    fake_attach();
    CU_ASSERT_EQUAL(fake_devices.gpu.dev.features & 1u << 3, 0);
    fake_end();
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"a picture in scattered pages", test_picture},
        {"a fence", test_fence},
        {"many fences", test_many_fences},
        {"a reset while a fence waits", test_reset_while_it_waits},
        {"a service that starts again", test_resume},
        {"errors of create", test_create_errors},
        {"errors of scanout", test_scanout_errors},
        {"the backing stays", test_backing_stays},
        {"a protected guest has none", test_not_for_protected},
        CU_TEST_INFO_NULL,
    };
    return run_suite("virtio_gpu_blob", tests);
}
