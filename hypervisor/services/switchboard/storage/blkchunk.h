/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Cuts a request's memory into pieces for one transfer of a controller. No I/O. */
#ifndef BLKCHUNK_H
#define BLKCHUNK_H

#include "el1/blk.h"

#define BLKCHUNK_BYTES  (512u * 1024) /* of one transfer */
#define BLKCHUNK_PIECES 192u          /* of memory in one transfer, each at most BLKCHUNK_BYTES */

struct blkchunk {
    unsigned pieces;
    uint32_t bytes; /* multiple of 512, 0 only when the request has no bytes left */
    bool direct;    /* every piece can be reached by DMA; else the bytes go through a buffer */
    struct blk_seg piece[BLKCHUNK_PIECES];
};

/* What DMA can reach by itself. */
struct blkchunk_limits {
    uint64_t below; /* addresses, exclusive */
    uint32_t align; /* of addresses and lengths */
};

/* The next pieces of req, from where it is (seg_at, seg_moved). The request does not change. */
void blkchunk_next(const struct blk_req *req, const struct blkchunk_limits *limits,
                   struct blkchunk *chunk);

/* The pieces of a chunk have been moved: the request steps on. */
void blkchunk_step(struct blk_req *req, const struct blkchunk *chunk);

/* Copies between the pieces and one buffer of chunk->bytes. */
void blkchunk_gather(const struct blkchunk *chunk, uint8_t *buffer);
void blkchunk_scatter(const struct blkchunk *chunk, const uint8_t *buffer);

/* Bytes of all segments; UINT64_MAX if they are no multiple of 512. */
uint64_t blkchunk_total(const struct blk_req *req);

#endif
