/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Queues of requests in front of the eMMC cards. */
#include "block.h"
#include "blkchunk.h"
#include "card.h"

#include "el1/clock.h"
#include "el1/log.h"
#include "el1/memory.h"

static struct card cards[BOARD_MMCS];

uint64_t blk_sectors(const struct blk_dev *dev)
{
    return dev->sectors;
}

uint64_t blk_quiet_us(const struct blk_dev *dev)
{
    return dev->head ? 0 : clock_us() - dev->quiet_since;
}

bool blk_read_only(const struct blk_dev *dev)
{
    return dev->read_only;
}

bool blk_can_trim(const struct blk_dev *dev)
{
    return !dev->read_only && dev->card->emmc.trim;
}

/* UINT64_MAX: it cannot be. */
static uint64_t total(const struct blk_req *req)
{
    switch (req->op) {
    case BLK_FLUSH:
        return 0;
    case BLK_ZERO:
    case BLK_TRIM:
        return req->sectors > req->dev->sectors ? UINT64_MAX : req->sectors * BLK_SECTOR;
    default:
        return blkchunk_total(req);
    }
}

static enum blk_status check(const struct blk_req *req, uint64_t bytes)
{
    const struct blk_dev *dev = req->dev;

    if (req->op == BLK_FLUSH) {
        return BLK_OK;
    }
    if (req->op != BLK_READ && dev->read_only) {
        return BLK_DENIED;
    }
    if (req->op == BLK_TRIM && !blk_can_trim(dev)) {
        return BLK_IO_ERROR;
    }
    if (bytes == UINT64_MAX || req->sector > dev->sectors ||
        bytes / BLK_SECTOR > dev->sectors - req->sector) {
        return BLK_RANGE;
    }
    return BLK_OK;
}

void blk_submit(struct blk_req *req)
{
    struct blk_dev *dev = req->dev;

    req->bytes = total(req);
    req->status = check(req, req->bytes);
    req->next = NULL;
    req->moved = 0;
    req->seg_at = 0;
    req->seg_moved = 0;
    if (dev->tail) {
        dev->tail->next = req;
    } else {
        dev->head = req;
    }
    dev->tail = req;
    card_kick(dev->card);
}

void blk_cancel(struct blk_dev *dev)
{
    struct card *card = dev->card;

    dev->head = NULL;
    dev->tail = NULL;
    if (card->active != dev) {
        return;
    }
    card->active = NULL;
    card_wait(card);
}

void block_init(const struct board *board)
{
    for (unsigned i = 0; i < BOARD_MMCS; i++) {
        struct card *card = &cards[i];

        if (!card_init(card, &board->mmc[i])) {
            continue;
        }
        log_line("eMMC %u: %lu MiB, %s DMA", i, (unsigned long)(card->emmc.sectors >> 11),
                 card->emmc.host.address64 ? "64-bit" : "32-bit");
    }
}

uint64_t block_card_sectors(unsigned mmc)
{
    return mmc < BOARD_MMCS && cards[mmc].present ? cards[mmc].emmc.sectors : 0;
}

struct blk_dev *block_open(unsigned mmc, uint64_t first, uint64_t sectors, bool read_only)
{
    const uint64_t all = block_card_sectors(mmc);
    struct blk_dev *dev;

    if (!sectors || first > all || sectors > all - first) {
        return NULL;
    }
    dev = memory_alloc(sizeof(*dev), _Alignof(struct blk_dev));
    dev->card = &cards[mmc];
    dev->first = first;
    dev->sectors = sectors;
    dev->read_only = read_only;
    dev->next = cards[mmc].devs;
    cards[mmc].devs = dev;
    cards[mmc].turn = dev;
    return dev;
}

static void set_status(struct blk_req *req, enum blk_status status)
{
    *(volatile int *)req->owner = status;
}

bool block_read_now(struct blk_dev *dev, uint64_t sector, void *data, uint32_t size)
{
    volatile int status = -1;
    const struct blk_seg seg = {data, size};
    struct blk_req req = {.dev = dev,
                          .op = BLK_READ,
                          .sector = sector,
                          .seg = &seg,
                          .segs = 1,
                          .done = set_status,
                          .owner = (void *)&status};

    blk_submit(&req);
    card_kick_now(dev->card);
    while (status < 0 && dev->card->busy && clock_us() < dev->card->timeout.due_us) {
        sdhci_interrupt(&dev->card->emmc.host);
    }
    if (status < 0) {
        blk_cancel(dev);
    }
    return status == BLK_OK;
}
