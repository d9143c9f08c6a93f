/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "card.h"

#include "el1/clock.h"
#include "el1/irq.h"
#include "el1/log.h"
#include "el1/memory.h"

#define TRANSFER_TIMEOUT_US 10000000u
#define DMA_ALIGN           4u
#define TRIM_SECTORS        65536u /* of one command: a host that has to write zeros does so soon */

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

/* Not at a trim: nobody need hear whether it has been done. */
static bool tells_loss(const struct blk_req *req)
{
    return req->op != BLK_READ && req->op != BLK_TRIM;
}

static void complete(struct blk_dev *dev, enum blk_status status)
{
    struct blk_req *req = dev->head;

    if (status == BLK_OK && tells_loss(req) && dev->lost) {
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

/* The next piece of zeros that are written. */
static void next_zeros(struct card *card, const struct blk_req *req)
{
    const uint64_t left = req->bytes - req->moved;

    card->chunk.pieces = 0;
    card->chunk.direct = false;
    card->chunk.bytes = left < BLKCHUNK_BYTES ? (uint32_t)left : BLKCHUNK_BYTES;
    memset(card->bounce, 0, card->chunk.bytes);
}

static void next_chunk(struct card *card, const struct blk_req *req)
{
    const struct blkchunk_limits limits = {card->emmc.host.address64 ? UINT64_MAX : 1ull << 32,
                                           DMA_ALIGN};

    if (req->op == BLK_ZERO) {
        next_zeros(card, req);
        return;
    }
    blkchunk_next(req, &limits, &card->chunk);
    if (!card->chunk.direct && card->write) {
        blkchunk_gather(&card->chunk, card->bounce);
    }
}

/* A trim is one command after the other, each of which ends at once. */
static void trim_piece(struct card *card, struct blk_dev *dev)
{
    struct blk_req *req = dev->head;
    const uint64_t left = (req->bytes - req->moved) / BLK_SECTOR;
    const uint32_t sectors = left < TRIM_SECTORS ? (uint32_t)left : TRIM_SECTORS;
    const bool ok =
        emmc_trim(&card->emmc, dev->first + req->sector + req->moved / BLK_SECTOR, sectors);

    spread_loss(card);
    req->moved += (uint64_t)sectors * BLK_SECTOR;
    if (!ok || req->moved == req->bytes) {
        complete(dev, ok ? BLK_OK : BLK_IO_ERROR);
    }
}

static void begun(struct card *card, struct blk_dev *dev)
{
    card->busy = true;
    card->active = dev;
    timer_start(&card->timeout, TRANSFER_TIMEOUT_US);
}

/* As a transfer of no bytes, if the card has a cache. False: the request is over. */
static bool start_flush(struct card *card, struct blk_dev *dev)
{
    if (!card->emmc.cache) {
        const bool ok = emmc_check(&card->emmc);

        spread_loss(card);
        complete(dev, ok ? BLK_OK : BLK_IO_ERROR);
        return false;
    }
    card->write = true;
    card->chunk.bytes = 0;
    if (!emmc_flush(&card->emmc)) {
        complete(dev, BLK_IO_ERROR);
        return false;
    }
    begun(card, dev);
    return true;
}

/* Starts the next piece of a device's first request. False: the request is over. */
static bool start_piece(struct card *card, struct blk_dev *dev)
{
    struct blk_req *req = dev->head;

    if (req->op == BLK_FLUSH && req->status == BLK_OK) {
        return start_flush(card, dev);
    }
    if (req->status != BLK_OK || req->moved == req->bytes) {
        complete(dev, req->status);
        return false;
    }
    card->write = req->op != BLK_READ;
    next_chunk(card, req);
    list_pieces(card);
    if (!card->chunk.bytes ||
        !emmc_transfer(&card->emmc, card->write, dev->first + req->sector + req->moved / BLK_SECTOR,
                       card->chunk.bytes / BLK_SECTOR)) {
        complete(dev, BLK_IO_ERROR);
        return false;
    }
    begun(card, dev);
    return true;
}

static bool trims(const struct blk_req *req)
{
    return req->op == BLK_TRIM && req->status == BLK_OK && req->moved < req->bytes;
}

/* What the card has done already needs no interrupt. */
static void await_end(struct card *card)
{
    sdhci_interrupt(&card->emmc.host);
    if (card->busy) {
        sdhci_signal(&card->emmc.host);
    }
}

static void kick(struct timer *timer)
{
    struct card *card = timer->owner;
    struct blk_dev *dev;

    while (!card->busy && (dev = next_dev(card)) != NULL) {
        if (trims(dev->head)) {
            trim_piece(card, dev);
            timer_start(&card->kick, 0); /* others have their turn first */
            return;
        }
        if (start_piece(card, dev)) {
            await_end(card); /* if it was quick, this is called again later */
            return;
        }
    }
}

static void step(struct blk_req *req, const struct blkchunk *chunk)
{
    if (req->op == BLK_ZERO || req->op == BLK_FLUSH) {
        req->moved += chunk->bytes;
    } else {
        blkchunk_step(req, chunk);
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
        if (!card->write && !card->chunk.direct) {
            blkchunk_scatter(&card->chunk, card->bounce);
        }
        step(dev->head, &card->chunk);
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

static void interrupt(void *owner)
{
    struct card *card = owner;

    sdhci_interrupt(&card->emmc.host);
}

bool card_init(struct card *card, const struct device *at)
{
    if (!at->base || !emmc_init(&card->emmc, at->base)) {
        return false;
    }
    card->present = true;
    card->bounce = memory_alloc(BLKCHUNK_BYTES, 4096);
    card->kick = (struct timer){.fire = kick, .owner = card};
    card->timeout = (struct timer){.fire = transfer_timeout, .owner = card};
    card->emmc.host.done = transfer_done;
    card->emmc.host.owner = card;
    irq_enable(at->intid, false, interrupt, card);
    return true;
}

void card_kick(struct card *card)
{
    if (!card->busy) {
        timer_start(&card->kick, 0);
    }
}

void card_kick_now(struct card *card)
{
    timer_stop(&card->kick);
    kick(&card->kick);
}

void card_wait(struct card *card)
{
    while (card->busy && clock_us() < card->timeout.due_us) {
        sdhci_interrupt(&card->emmc.host);
    }
    if (card->busy) {
        transfer_timeout(&card->timeout);
    }
}
