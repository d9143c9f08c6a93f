/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "blkchunk.h"

uint64_t blkchunk_total(const struct blk_req *req)
{
    uint64_t total = 0;

    for (unsigned i = 0; i < req->segs; i++) {
        total += req->seg[i].len;
    }
    return total % BLK_SECTOR ? UINT64_MAX : total;
}

/* Takes bytes off the end until the chunk is whole sectors. */
static void trim(struct blkchunk *chunk)
{
    uint32_t rest = chunk->bytes % BLK_SECTOR;

    chunk->bytes -= rest;
    while (rest) {
        struct blk_seg *last = &chunk->piece[chunk->pieces - 1];
        const uint32_t cut = rest < last->len ? rest : last->len;

        last->len -= cut;
        rest -= cut;
        if (!last->len) {
            chunk->pieces--;
        }
    }
}

static bool reachable(const struct blk_seg *piece, const struct blkchunk_limits *limits)
{
    const uint64_t address = (uintptr_t)piece->data;

    return address % limits->align == 0 && piece->len % limits->align == 0 &&
           address + piece->len <= limits->below;
}

void blkchunk_next(const struct blk_req *req, const struct blkchunk_limits *limits,
                   struct blkchunk *chunk)
{
    uint32_t skip = req->seg_moved;

    chunk->pieces = 0;
    chunk->bytes = 0;
    for (unsigned i = req->seg_at; i < req->segs; i++, skip = 0) {
        const uint32_t room = BLKCHUNK_BYTES - chunk->bytes;
        const uint32_t left = req->seg[i].len - skip;

        if (!left) {
            continue;
        }
        if (!room || chunk->pieces == BLKCHUNK_PIECES) {
            break;
        }
        chunk->piece[chunk->pieces].data = (uint8_t *)req->seg[i].data + skip;
        chunk->piece[chunk->pieces].len = left < room ? left : room;
        chunk->bytes += chunk->piece[chunk->pieces++].len;
    }
    trim(chunk);
    chunk->direct = !req->copy;
    for (unsigned i = 0; i < chunk->pieces; i++) {
        chunk->direct = chunk->direct && reachable(&chunk->piece[i], limits);
    }
}

void blkchunk_step(struct blk_req *req, const struct blkchunk *chunk)
{
    uint32_t bytes = chunk->bytes;

    req->moved += bytes;
    while (bytes) {
        const uint32_t left = req->seg[req->seg_at].len - req->seg_moved;

        if (bytes < left) {
            req->seg_moved += bytes;
            return;
        }
        bytes -= left;
        req->seg_at++;
        req->seg_moved = 0;
    }
}

void blkchunk_gather(const struct blkchunk *chunk, uint8_t *buffer)
{
    for (unsigned i = 0; i < chunk->pieces; buffer += chunk->piece[i++].len) {
        memcpy(buffer, chunk->piece[i].data, chunk->piece[i].len);
    }
}

void blkchunk_scatter(const struct blkchunk *chunk, const uint8_t *buffer)
{
    for (unsigned i = 0; i < chunk->pieces; buffer += chunk->piece[i++].len) {
        memcpy(chunk->piece[i].data, buffer, chunk->piece[i].len);
    }
}
