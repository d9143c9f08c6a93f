/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Cutting requests into transfers: whatever the segments, the bytes come through in order. */
#include <stdlib.h>
#include <string.h>

#include "storage/blkchunk.h"
#include "suite.h"

#define MEMORY (4u << 20)
#define SEGS   600u

static const struct blkchunk_limits any = {UINT64_MAX, 4};
static uint8_t *memory, *buffer;
static struct blk_seg seg[SEGS];

/* All bytes of a request moved by chunks into a flat copy must be the segments one after the other.
 */
static void move_all(struct blk_req *req, uint8_t *flat)
{
    struct blkchunk chunk;
    uint64_t at = 0;

    while (req->moved < req->bytes) {
        blkchunk_next(req, &any, &chunk);
        CU_ASSERT_TRUE_FATAL(chunk.bytes > 0 && chunk.bytes % BLK_SECTOR == 0);
        CU_ASSERT_TRUE_FATAL(chunk.bytes <= BLKCHUNK_BYTES && chunk.pieces <= BLKCHUNK_PIECES);
        blkchunk_gather(&chunk, flat + at);
        at += chunk.bytes;
        blkchunk_step(req, &chunk);
    }
    CU_ASSERT_EQUAL(at, req->bytes);
}

static void check_request(unsigned segs)
{
    struct blk_req req = {.op = BLK_READ, .seg = seg, .segs = segs};
    uint64_t at = 0;

    req.bytes = blkchunk_total(&req);
    CU_ASSERT_NOT_EQUAL_FATAL(req.bytes, UINT64_MAX);
    move_all(&req, buffer);
    for (unsigned i = 0; i < segs; at += seg[i++].len) {
        CU_ASSERT_FALSE(memcmp(buffer + at, seg[i].data, seg[i].len));
    }
    CU_ASSERT_EQUAL(at, req.bytes);
}

static void test_shapes(void)
{
    srand(1);
    for (unsigned run = 0; run < 300; run++) {
        const unsigned segs = 1 + (unsigned)rand() % 100;
        uint32_t total = 0;

        for (unsigned i = 0; i < segs; i++) {
            const uint32_t len = (uint32_t)rand() % (run % 2 ? 30000 : 700);

            seg[i] = (struct blk_seg){memory + rand() % (MEMORY - 32768), len};
            total += len;
        }
        seg[segs - 1].len += (BLK_SECTOR - total % BLK_SECTOR) % BLK_SECTOR;
        check_request(segs);
    }
}

static void test_large(void)
{
    seg[0] = (struct blk_seg){memory, MEMORY};
    check_request(1);
    for (unsigned i = 0; i < SEGS; i++) {
        seg[i] = (struct blk_seg){memory + i * 4096, 4096};
    }
    check_request(SEGS);
}

static void test_direct(void)
{
    const struct blkchunk_limits low = {(uintptr_t)memory + 4096, 4};
    struct blk_req req = {.op = BLK_READ, .seg = seg, .segs = 1};
    struct blkchunk chunk;

    seg[0] = (struct blk_seg){memory, 4096};
    blkchunk_next(&req, &any, &chunk);
    CU_ASSERT_TRUE(chunk.direct);
    blkchunk_next(&req, &low, &chunk);
    CU_ASSERT_TRUE(chunk.direct);
    seg[0].data = memory + 4;
    blkchunk_next(&req, &low, &chunk);
    CU_ASSERT_FALSE(chunk.direct);
    seg[0].data = memory + 2;
    blkchunk_next(&req, &any, &chunk);
    CU_ASSERT_FALSE(chunk.direct);
}

static void test_scatter(void)
{
    struct blk_req req = {.op = BLK_READ, .seg = seg, .segs = 3};
    struct blkchunk chunk;

    memset(memory, 0, 4096);
    seg[0] = (struct blk_seg){memory + 1, 500};
    seg[1] = (struct blk_seg){memory + 1000, 0};
    seg[2] = (struct blk_seg){memory + 2001, 524};
    for (unsigned i = 0; i < 1024; i++) {
        buffer[i] = (uint8_t)(i * 7 + 1);
    }
    blkchunk_next(&req, &any, &chunk);
    CU_ASSERT_EQUAL(chunk.bytes, 1024);
    blkchunk_scatter(&chunk, buffer);
    CU_ASSERT_FALSE(memcmp(memory + 1, buffer, 500));
    CU_ASSERT_FALSE(memcmp(memory + 2001, buffer + 500, 524));
    CU_ASSERT_EQUAL(memory[501], 0);
    CU_ASSERT_EQUAL(memory[2000], 0);
    CU_ASSERT_EQUAL(memory[2525], 0);
}

/* A sector in more pieces than a transfer has: no bytes, which the block layer calls an error. */
static void test_crumbs(void)
{
    struct blk_req req = {.op = BLK_READ, .seg = seg, .segs = 512};
    struct blkchunk chunk;

    for (unsigned i = 0; i < 512; i++) {
        seg[i] = (struct blk_seg){memory + i, 1};
    }
    CU_ASSERT_EQUAL(blkchunk_total(&req), 512);
    blkchunk_next(&req, &any, &chunk);
    CU_ASSERT_EQUAL(chunk.bytes, 0);
    req.segs = 511;
    CU_ASSERT_EQUAL(blkchunk_total(&req), UINT64_MAX);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"any shape of segments", test_shapes}, {"large requests", test_large},
        {"what DMA can reach", test_direct},    {"scatter", test_scatter},
        {"a sector in crumbs", test_crumbs},    CU_TEST_INFO_NULL};
    int result;

    memory = malloc(MEMORY);
    buffer = malloc(MEMORY);
    if (!memory || !buffer) {
        return 1;
    }
    for (unsigned i = 0; i < MEMORY; i++) {
        memory[i] = (uint8_t)(i ^ i >> 8 ^ i >> 16);
    }
    result = run_suite("blkchunk", tests);
    free(memory);
    free(buffer);
    return result;
}
