/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Queues of requests in front of the eMMC cards. One transfer at a time per card, at most
 * BLKCHUNK_BYTES; devices on the same card take turns, so none can keep the others waiting.
 */
#include "block.h"
#include "blkchunk.h"
#include "drivers/emmc.h"

#include "el1/clock.h"
#include "el1/irq.h"
#include "el1/log.h"
#include "el1/memory.h"
#include "el1/timers.h"

#define TRANSFER_TIMEOUT_US 10000000u
#define DMA_ALIGN           4u

struct blk_dev {
    struct card *card;
    uint64_t first, sectors;
    bool read_only;
    uint64_t quiet_since; /* clock_us(), while there is no request */
    bool lost;            /* the card lost what was written: its next write or flush fails */
    struct blk_req *head, *tail;
    struct blk_dev *next; /* of the card */
};

struct card {
    struct emmc emmc;
    bool present;
    bool failing; /* the last transfer failed: said in the log once */
    struct blk_dev *devs, *turn;
    struct blk_dev *active; /* whose piece is in flight */
    bool busy;              /* a transfer is in flight; active NULL: of a cancelled request */
    bool write;
    struct blkchunk chunk;
    uint8_t *bounce;
    struct timer kick, timeout;
};

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

/* What the card lost outside of a command may be anybody's: each device that writes is told once.
 */
static void spread_loss(struct card *card)
{
    if (!card->emmc.lost) {
        return;
    }
    card->emmc.lost = false;
    log_line("eMMC at %#lx: it lost data that had been written",
             (unsigned long)card->emmc.host.base);
    for (struct blk_dev *dev = card->devs; dev; dev = dev->next) {
        dev->lost = true;
    }
}

static void complete(struct blk_dev *dev, enum blk_status status)
{
    struct blk_req *req = dev->head;

    if (status == BLK_OK && req->op != BLK_READ && dev->lost) {
        dev->lost = false;
        status = BLK_IO_ERROR;
    }
    dev->head = req->next;
    if (!dev->head) {
        dev->tail = NULL;
        dev->quiet_since = clock_us();
    }
    req->next = NULL;
    req->done(req, status);
}

/* The next device with something to do, in turn; NULL: none. */
static struct blk_dev *next_dev(struct card *card)
{
    struct blk_dev *dev = card->turn;

    if (!dev) {
        return NULL;
    }
    do {
        dev = dev->next ? dev->next : card->devs;
        if (dev->head) {
            card->turn = dev;
            return dev;
        }
    } while (dev != card->turn);
    return NULL;
}

static void list_pieces(struct card *card)
{
    struct sdhci *host = &card->emmc.host;

    sdhci_list_clear(host);
    if (!card->chunk.direct) {
        sdhci_list_add(host, (uintptr_t)card->bounce, card->chunk.bytes);
        return;
    }
    for (unsigned i = 0; i < card->chunk.pieces; i++) {
        sdhci_list_add(host, (uintptr_t)card->chunk.piece[i].data, card->chunk.piece[i].len);
    }
}

/* Starts the next piece of a device's first request. False: the request is over. */
static bool start_piece(struct card *card, struct blk_dev *dev)
{
    struct blk_req *req = dev->head;
    const struct blkchunk_limits limits = {card->emmc.host.address64 ? UINT64_MAX : 1ull << 32,
                                           DMA_ALIGN};

    if (req->status != BLK_OK || req->moved == req->bytes) {
        if (req->op == BLK_FLUSH && req->status == BLK_OK && !emmc_flush(&card->emmc)) {
            req->status = BLK_IO_ERROR;
        }
        spread_loss(card);
        complete(dev, req->status);
        return false;
    }
    blkchunk_next(req, &limits, &card->chunk);
    card->write = req->op == BLK_WRITE;
    if (!card->chunk.direct && card->write) {
        blkchunk_gather(&card->chunk, card->bounce);
    }
    list_pieces(card);
    if (!card->chunk.bytes ||
        !emmc_transfer(&card->emmc, card->write, dev->first + req->sector + req->moved / BLK_SECTOR,
                       card->chunk.bytes / BLK_SECTOR)) {
        complete(dev, BLK_IO_ERROR);
        return false;
    }
    card->busy = true;
    card->active = dev;
    timer_start(&card->timeout, TRANSFER_TIMEOUT_US);
    return true;
}

static void kick(struct timer *timer)
{
    struct card *card = timer->owner;
    struct blk_dev *dev;

    while (!card->busy && (dev = next_dev(card)) != NULL) {
        start_piece(card, dev);
    }
}

static void piece_done(struct card *card, bool ok)
{
    struct blk_dev *dev = card->active;

    if (!ok && !card->failing) {
        log_line("eMMC at %#lx: a %s failed, card status %#x", (unsigned long)card->emmc.host.base,
                 card->write ? "write" : "read", (unsigned)card->emmc.status);
    }
    card->failing = !ok;
    spread_loss(card);
    timer_stop(&card->timeout);
    card->busy = false;
    card->active = NULL;
    if (dev && !ok) {
        complete(dev, BLK_IO_ERROR);
    } else if (dev) {
        if (!card->chunk.direct && !card->write) {
            blkchunk_scatter(&card->chunk, card->bounce);
        }
        blkchunk_step(dev->head, &card->chunk);
        if (dev->head->moved == dev->head->bytes) {
            complete(dev, BLK_OK);
        }
    }
    timer_start(&card->kick, 0);
}

static void transfer_done(struct sdhci *host, bool ok)
{
    struct card *card = host->owner;

    piece_done(card, emmc_finish(&card->emmc, ok));
}

static void transfer_timeout(struct timer *timer)
{
    struct card *card = timer->owner;

    log_line("eMMC at %#lx: no end of a transfer, given up", (unsigned long)card->emmc.host.base);
    sdhci_abort(&card->emmc.host);
    emmc_finish(&card->emmc, false);
    piece_done(card, false);
}

static enum blk_status check(const struct blk_req *req, uint64_t bytes)
{
    const struct blk_dev *dev = req->dev;

    if (req->op == BLK_FLUSH) {
        return BLK_OK;
    }
    if (req->op == BLK_WRITE && dev->read_only) {
        return BLK_DENIED;
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

    req->bytes = req->op == BLK_FLUSH ? 0 : blkchunk_total(req);
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
    if (!dev->card->busy) {
        timer_start(&dev->card->kick, 0);
    }
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
    while (card->busy && clock_us() < card->timeout.due_us) {
        sdhci_interrupt(&card->emmc.host);
    }
    if (card->busy) {
        transfer_timeout(&card->timeout);
    }
}

static void interrupt(void *owner)
{
    struct card *card = owner;

    sdhci_interrupt(&card->emmc.host);
}

void block_init(const struct board *board)
{
    for (unsigned i = 0; i < BOARD_MMCS; i++) {
        struct card *card = &cards[i];

        if (!board->mmc[i].base || !emmc_init(&card->emmc, board->mmc[i].base)) {
            continue;
        }
        card->present = true;
        card->bounce = memory_alloc(BLKCHUNK_BYTES, 4096);
        card->kick = (struct timer){.fire = kick, .owner = card};
        card->timeout = (struct timer){.fire = transfer_timeout, .owner = card};
        card->emmc.host.done = transfer_done;
        card->emmc.host.owner = card;
        irq_enable(board->mmc[i].intid, false, interrupt, card);
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
    timer_stop(&dev->card->kick);
    kick(&dev->card->kick);
    while (status < 0 && dev->card->busy && clock_us() < dev->card->timeout.due_us) {
        sdhci_interrupt(&dev->card->emmc.host);
    }
    if (status < 0) {
        blk_cancel(dev);
    }
    return status == BLK_OK;
}
