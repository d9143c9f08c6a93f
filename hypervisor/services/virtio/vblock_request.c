/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Block device, requests: virtio 1.2, section 5.2.6. */
#include "vblock.h"

#include <string.h>

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

static void backend_done(struct blk_req *req, enum blk_status status);

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

/*
 * A host without room cannot make a hole either. A discard is advice, so it has been done all the
 * same; zeros can be written instead, which waits for room as all writes do.
 */
static void backend_done(struct blk_req *req, enum blk_status status)
{
    struct block_req *r = req->owner;
    struct block_dev *block = r->dev;
    const bool no_hole = status == BLK_IO_ERROR && req->op == BLK_TRIM;

    if (no_hole && !r->discard) {
        submit(r, BLK_ZERO, req->sector, r->written);
        return;
    }
    answer(r, status == BLK_OK || no_hole ? S_OK : S_IOERR, r->written);
    virtio_signal(&block->dev, 0);
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

/* Discard and write zeroes, one range each. What is discarded reads as zero, too, if the host has
 * room. */
static void zero(struct block_req *r, bool discard, const struct vq_chain *chain)
{
    const uint32_t most = discard ? BLOCK_DISCARD_MAX : BLOCK_ZEROES_MAX;
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
    r->discard = discard;
    submit(r, unmap ? BLK_TRIM : BLK_ZERO, range.sector, 1);
}

static void get_id(struct block_req *r, const struct vq_chain *chain)
{
    size_t room = chain->in_bytes - 1;
    size_t n = room < sizeof(r->dev->serial) ? room : sizeof(r->dev->serial);

    vq_write(chain, 0, r->dev->serial, n);
    answer(r, S_OK, (uint32_t)n + 1);
}

uint32_t block_request(struct virtio_dev *dev, unsigned queue, const struct vq_chain *chain,
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
