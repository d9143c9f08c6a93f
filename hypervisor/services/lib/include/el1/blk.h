/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Block devices of a service: the interface of its block layer. */
#ifndef EL1_BLK_H
#define EL1_BLK_H

#include <stdbool.h>
#include <stdint.h>

struct blk_dev;

#define BLK_SECTOR 512u

/*
 * BLK_ZERO and BLK_TRIM: the sectors read as zero afterwards. After BLK_TRIM they also take no room
 * where that is possible; blk_can_trim().
 */
enum blk_op { BLK_READ, BLK_WRITE, BLK_FLUSH, BLK_ZERO, BLK_TRIM };
enum blk_status { BLK_OK, BLK_IO_ERROR, BLK_DENIED /* write to read only */, BLK_RANGE };

/* A piece of memory; for eMMC its address and length must be multiples of 4 (else it is copied). */
struct blk_seg {
    void *data;
    uint32_t len; /* bytes */
};

/*
 * One request. The caller owns it and the segment array; both, and the memory, must stay until
 * done() is called or blk_cancel() returns. The segments together are a multiple of 512 bytes.
 * Requests of one device complete in the order of submission; several may be under way.
 */
struct blk_req {
    struct blk_dev *dev;
    bool copy; /* no DMA: the memory may go away (vm_map) */
    enum blk_op op;
    uint64_t sector;           /* of 512 bytes, from the start of the device (the partition) */
    const struct blk_seg *seg; /* none for BLK_FLUSH, BLK_ZERO, BLK_TRIM */
    unsigned segs;
    uint64_t sectors; /* of BLK_ZERO and BLK_TRIM */
    void (*done)(struct blk_req *req, enum blk_status status);
    void *owner; /* free for the caller */

    /* of the block layer: */
    struct blk_req *next;
    uint64_t bytes, moved;
    unsigned seg_at;
    uint32_t seg_moved;
    enum blk_status status;
};

uint64_t blk_sectors(const struct blk_dev *dev);
/* How long it has had nothing to do, in us; 0: a request is under way. */
uint64_t blk_quiet_us(const struct blk_dev *dev);

bool blk_read_only(const struct blk_dev *dev);

/* Whether BLK_TRIM works; else it is an I/O error. */
bool blk_can_trim(const struct blk_dev *dev);

/*
 * Takes the request; done() is always called later, from the event loop, also for errors (range,
 * read only, lengths not multiples of 512 are checked here). No limit on size or segments, but a
 * sector spread over more than 192 segments is an I/O error.
 */
void blk_submit(struct blk_req *req);

/*
 * Forgets every request of this device: none of their done() will be called, and no DMA of theirs
 * runs when this returns (it waits for the piece in flight: at most 512 KiB or a card timeout).
 */
void blk_cancel(struct blk_dev *dev);

#endif
