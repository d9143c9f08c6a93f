/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Block device: virtio 1.2, section 5.2. */
#include "vblock.h"

#include <string.h>

#define F_SEG_MAX  (1ull << 2)
#define F_RO       (1ull << 5)
#define F_BLK_SIZE (1ull << 6)
#define F_FLUSH    (1ull << 9)

/* Offsets in configuration space: 5.2.4. */
#define CONFIG_CAPACITY 0
#define CONFIG_SEG_MAX  12
#define CONFIG_BLK_SIZE 20

enum { T_IN = 0, T_OUT = 1, T_FLUSH = 4, T_GET_ID = 8 };
enum { S_OK = 0, S_IOERR = 1, S_UNSUPP = 2 };

struct block_header {
    uint32_t type;
    uint32_t reserved;
    uint64_t sector;
};

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

void block_attach(struct block_dev *block, struct virtio_bus *bus, unsigned slot,
                  struct blk_dev *backend, const char *serial)
{
    uint64_t features = F_SEG_MAX | F_BLK_SIZE | F_FLUSH;
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
    if (blk_read_only(backend)) {
        features |= F_RO;
    }
    virtio_attach(&block->dev, &block_ops, block->queue, bus, slot, features);
    sectors = blk_sectors(backend);
    virtio_config_put(&block->dev, CONFIG_CAPACITY, &sectors, sizeof(sectors));
    virtio_config_put32(&block->dev, CONFIG_SEG_MAX, BLOCK_SEGS_MAX);
    virtio_config_put32(&block->dev, CONFIG_BLK_SIZE, BLK_SECTOR);
}
