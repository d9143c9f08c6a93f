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
        .max_discard_sectors = trim ? BLOCK_DISCARD_MAX : 0,
        .max_discard_seg = trim,
        .discard_sector_alignment = trim ? PHYSICAL_BLOCKS : 0,
        .max_write_zeroes_sectors = writes ? BLOCK_ZEROES_MAX : 0,
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
