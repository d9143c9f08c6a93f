/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Block device: virtio 1.2, section 5.2. */
#include "vblock.h"

#include <stddef.h>
#include <string.h>

#define F_SEG_MAX      (1ull << 2)
#define F_RO           (1ull << 5)
#define F_BLK_SIZE     (1ull << 6)
#define F_FLUSH        (1ull << 9)
#define F_TOPOLOGY     (1ull << 10)
#define F_DISCARD      (1ull << 13)
#define F_WRITE_ZEROES (1ull << 14)

/* Configuration space, 5.2.4, from offset 20 on. */
#define CONFIG_CAPACITY 0
#define CONFIG_SEG_MAX  12
#define CONFIG_LIMITS   20

struct limits {
    uint32_t blk_size;
    uint8_t physical_block_exp; /* blocks in a physical one, as a power of two */
    uint8_t alignment_offset;
    uint16_t min_io_size;
    uint32_t opt_io_size;
    uint8_t writeback, unused;
    uint16_t num_queues;
    uint32_t max_discard_sectors, max_discard_seg, discard_sector_alignment;
    uint32_t max_write_zeroes_sectors, max_write_zeroes_seg;
    uint8_t write_zeroes_may_unmap;
};
_Static_assert(offsetof(struct limits, write_zeroes_may_unmap) == 56 - CONFIG_LIMITS, "5.2.4");

/* 4 KiB: what a file of the host gives back. 512 KiB: what the board moves at a time. */
#define PHYSICAL_EXP    3u
#define PHYSICAL_BLOCKS (1u << PHYSICAL_EXP)
#define OPTIMAL_BLOCKS  1024u
#define DISCARD_MAX     (1u << 21) /* sectors of a request: 1 GiB */
#define ZEROES_MAX      (1u << 17) /* 64 MiB: they may have to be written */

enum { T_IN = 0, T_OUT = 1, T_FLUSH = 4, T_GET_ID = 8, T_DISCARD = 11, T_WRITE_ZEROES = 13 };
enum { S_OK = 0, S_IOERR = 1, S_UNSUPP = 2 };

struct block_header {
    uint32_t type;
    uint32_t reserved;
    uint64_t sector;
};

/* 5.2.6 */
struct block_range {
    uint64_t sector;
    uint32_t sectors;
    uint32_t flags;
};
#define RANGE_UNMAP 1u

static void answer(struct block_req *r, uint8_t status, uint32_t written)
{
    struct block_dev *block = r->dev;

    *r->status_byte = status;
    virtio_answer(&block->dev, 0, r->head, written);
    r->submitted = false;
    r->next_free = block->free;
    block->free = r;
}

static void backend_done(struct blk_req *req, enum blk_status status)
{
    struct block_req *r = req->owner;
    struct block_dev *block = r->dev;

    answer(r, status == BLK_OK ? S_OK : S_IOERR, r->written);
    virtio_signal(&block->dev, 0);
}

/*
 * The data of a request: bytes `from`..`to`-1 of one direction's segments. Framing is the driver's
 * choice (2.7.4), so header and status byte may share a segment with data. False: too many.
 */
static bool slice(const struct vq_seg *seg, unsigned count, uint32_t from, uint32_t to,
                  struct block_req *r)
{
    uint32_t at = 0, begin, end;

    r->req.segs = 0;
    for (unsigned i = 0; i < count; at += seg[i++].len) {
        begin = from > at ? from - at : 0;
        end = to - at < seg[i].len ? to - at : seg[i].len;
        if (at >= to || begin >= end) {
            continue;
        }
        if (r->req.segs == BLOCK_SEGS_MAX) {
            return false;
        }
        r->seg[r->req.segs++] = (struct blk_seg){seg[i].data + begin, end - begin};
    }
    return true;
}

static void submit(struct block_req *r, enum blk_op op, uint64_t sector, uint32_t written)
{
    r->req.dev = r->dev->backend;
    r->req.op = op;
    r->req.copy = r->dev->dev.bus->access_platform;
    r->req.sector = sector;
    r->req.seg = r->seg;
    r->req.done = backend_done;
    r->req.owner = r;
    r->written = written;
    r->submitted = true;
    blk_submit(&r->req);
}

/* Reads and writes; 5.2.6.1: lengths are multiples of 512 bytes, the range lies in the device. */
static uint32_t transfer(struct block_req *r, enum blk_op op, uint64_t sector,
                         const struct vq_chain *chain)
{
    bool in = op == BLK_READ;
    uint32_t bytes =
        in ? chain->in_bytes - 1 : chain->out_bytes - (uint32_t)sizeof(struct block_header);
    uint64_t sectors = blk_sectors(r->dev->backend);
    bool ok = bytes && bytes % BLK_SECTOR == 0 && sector <= sectors &&
              bytes / BLK_SECTOR <= sectors - sector;

    if (ok && in) {
        ok = slice(chain->seg + chain->out, chain->in, 0, bytes, r);
    } else if (ok) {
        ok = slice(chain->seg, chain->out, sizeof(struct block_header), chain->out_bytes, r);
    }
    if (!ok) {
        answer(r, S_IOERR, 1);
        return 0;
    }
    submit(r, op, sector, in ? bytes + 1 : 1);
    return bytes;
}

/* False: the device has nothing like it; UNSUPP, not an error (5.2.6.2). */
static bool supported(const struct block_req *r, bool discard, uint32_t flags)
{
    return !(flags & ~RANGE_UNMAP) && (!discard || (!flags && (blk_can_trim(r->dev->backend) ||
                                                               blk_read_only(r->dev->backend))));
}

/* Discard and write zeroes, one range each. What is discarded reads as zero, too. */
static void zero(struct block_req *r, bool discard, const struct vq_chain *chain)
{
    const uint32_t most = discard ? DISCARD_MAX : ZEROES_MAX;
    struct block_range range;
    bool unmap;

    if (chain->out_bytes != sizeof(struct block_header) + sizeof(range)) {
        answer(r, S_IOERR, 1);
        return;
    }
    vq_read(chain, sizeof(struct block_header), &range, sizeof(range));
    if (!supported(r, discard, range.flags)) {
        answer(r, S_UNSUPP, 1);
        return;
    }
    if (range.sectors > most) {
        answer(r, S_IOERR, 1);
        return;
    }
    unmap = discard || ((range.flags & RANGE_UNMAP) && blk_can_trim(r->dev->backend));
    r->req.segs = 0;
    r->req.sectors = range.sectors;
    submit(r, unmap ? BLK_TRIM : BLK_ZERO, range.sector, 1);
}

static void get_id(struct block_req *r, const struct vq_chain *chain)
{
    size_t room = chain->in_bytes - 1;
    size_t n = room < sizeof(r->dev->serial) ? room : sizeof(r->dev->serial);

    vq_write(chain, 0, r->dev->serial, n);
    answer(r, S_OK, (uint32_t)n + 1);
}

static uint32_t block_request(struct virtio_dev *dev, unsigned queue, const struct vq_chain *chain,
                              bool *ok)
{
    struct block_dev *block = (struct block_dev *)dev;
    struct block_req *r = block->free;
    struct block_header header;
    const struct vq_seg *last;

    (void)queue;
    if (!r || chain->in == 0 || vq_read(chain, 0, &header, sizeof(header)) != sizeof(header)) {
        *ok = false;
        return 0;
    }
    block->free = r->next_free;
    r->head = chain->head;
    last = &chain->seg[chain->out + chain->in - 1];
    r->status_byte = last->data + last->len - 1;
    switch (header.type) {
    case T_IN:
        return transfer(r, BLK_READ, header.sector, chain);
    case T_OUT:
        return transfer(r, BLK_WRITE, header.sector, chain);
    case T_FLUSH:
        r->req.segs = 0;
        submit(r, BLK_FLUSH, 0, 1);
        return 0;
    case T_GET_ID:
        get_id(r, chain);
        return 0;
    case T_DISCARD:
    case T_WRITE_ZEROES:
        zero(r, header.type == T_DISCARD, chain);
        return 0;
    default:
        answer(r, S_UNSUPP, 1);
        return 0;
    }
}

static void make_free_list(struct block_dev *block)
{
    block->free = NULL;
    for (unsigned i = 0; i < BLOCK_QUEUE; i++) {
        if (!block->pool[i].submitted) {
            block->pool[i].dev = block;
            block->pool[i].next_free = block->free;
            block->free = &block->pool[i];
        }
    }
}

static void block_reset(struct virtio_dev *dev)
{
    struct block_dev *block = (struct block_dev *)dev;

    blk_cancel(block->backend);
    for (unsigned i = 0; i < BLOCK_QUEUE; i++) {
        block->pool[i].submitted = false;
    }
    make_free_list(block);
}

static unsigned block_held(const struct virtio_dev *dev, unsigned queue)
{
    const struct block_dev *block = (const struct block_dev *)dev;
    unsigned held = 0;

    (void)queue;
    for (unsigned i = 0; i < BLOCK_QUEUE; i++) {
        held += block->pool[i].submitted;
    }
    return held;
}

/* What the back end had not ended is asked for again; a write that it had begun is written twice.
 */
static void block_resume(struct virtio_dev *dev)
{
    struct block_dev *block = (struct block_dev *)dev;

    make_free_list(block);
    for (unsigned i = 0; i < BLOCK_QUEUE; i++) {
        if (block->pool[i].submitted) {
            block->pool[i].req.dev = block->backend;
            blk_submit(&block->pool[i].req);
        }
    }
}

static void block_queue_stopped(struct virtio_dev *dev, unsigned queue)
{
    (void)queue;
    block_reset(dev);
}

static const struct virtio_ops block_ops = {
    .id = VIRTIO_ID_BLOCK,
    .name = "virtio-blk",
    .queues = 1,
    .queue_size = BLOCK_QUEUE,
    .served = 1u << 0,
    .request = block_request,
    .queue_stopped = block_queue_stopped,
    .reset = block_reset,
    .held = block_held,
    .resume = block_resume,
};

static void put_limits(struct block_dev *block)
{
    const bool trim = blk_can_trim(block->backend);
    const bool writes = !blk_read_only(block->backend);
    const struct limits limits = {
        .blk_size = BLK_SECTOR,
        .physical_block_exp = PHYSICAL_EXP,
        .min_io_size = PHYSICAL_BLOCKS,
        .opt_io_size = OPTIMAL_BLOCKS,
        .max_discard_sectors = trim ? DISCARD_MAX : 0,
        .max_discard_seg = trim,
        .discard_sector_alignment = trim ? PHYSICAL_BLOCKS : 0,
        .max_write_zeroes_sectors = writes ? ZEROES_MAX : 0,
        .max_write_zeroes_seg = writes,
        .write_zeroes_may_unmap = trim,
    };

    virtio_config_put(&block->dev, CONFIG_LIMITS, &limits, sizeof(limits));
}

void block_attach(struct block_dev *block, struct virtio_bus *bus, unsigned slot,
                  struct blk_dev *backend, const char *serial)
{
    uint64_t features = F_SEG_MAX | F_BLK_SIZE | F_FLUSH | F_TOPOLOGY;
    uint64_t sectors;

    if (!backend) {
        virtio_attach_none(bus, slot);
        return;
    }
    block->backend = backend;
    memset(block->serial, 0, sizeof(block->serial));
    for (unsigned i = 0; i < sizeof(block->serial) && serial[i]; i++) {
        block->serial[i] = serial[i];
    }
    features |= blk_read_only(backend) ? F_RO : F_WRITE_ZEROES;
    features |= blk_can_trim(backend) ? F_DISCARD : 0;
    virtio_attach(&block->dev, &block_ops, block->queue, bus, slot, features);
    sectors = blk_sectors(backend);
    virtio_config_put(&block->dev, CONFIG_CAPACITY, &sectors, sizeof(sectors));
    virtio_config_put32(&block->dev, CONFIG_SEG_MAX, BLOCK_SEGS_MAX);
    put_limits(block);
}
