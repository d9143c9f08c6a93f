/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The block layer and the eMMC driver on a card that fails: what the card or the controller reports
 * reaches the request that it belongs to, and what was lost outside of any command each device that
 * writes. The controller is a fake that knows the states and the status of a card (JESD84-B51).
 */
#include <CUnit/CUnit.h>
#include <string.h>

#include "drivers/emmc.h"
#include "storage/block.h"

#include "el1/clock.h"
#include "el1/irq.h"
#include "el1/log.h"
#include "el1/memory.h"
#include "el1/timers.h"

#include "suite.h"

#define SECTORS 2048u

#define EXT_SECTORS  212
#define EXT_FEATURES 231
#define EXT_CACHE    249

enum { TRANSFER = 4, DATA = 5, RECEIVE = 6 };

#define ERROR      (1u << 19)
#define CC_ERROR   (1u << 20)
#define ECC_FAILED (1u << 21)
#define READY      (1u << 8)

static struct {
    uint8_t disk[SECTORS * BLK_SECTOR];
    unsigned state;      /* of the card */
    uint32_t status;     /* error bits that the next R1 shows */
    uint32_t after_data; /* and those that the next transfer brings about */
    bool break_off;      /* the next transfer ends with an error of the controller, half done */
    bool never;          /* the next one does not end */
    bool quick;          /* they end before the driver looks for the first time */
    bool ended;          /* the one under way has, if it ends at all */
    bool write, busy;    /* the transfer under way */
    uint8_t *memory;     /* its only piece */
    uint32_t blocks;
    uint64_t sector;
    uint64_t now;
    unsigned stops;    /* CMD12 that were sent */
    uint32_t from, to; /* of CMD35 and CMD36 */
    unsigned trims;
    bool has_cache;
    unsigned flushes, signals;
    struct sdhci *host;
} card;

static struct blk_dev *first, *second;

/* ---- what the platform offers ---- */

uint64_t clock_us(void)
{
    return card.now++;
}

void log_line(const char *format, ...)
{
    (void)format;
}

void *memory_alloc(size_t size, size_t align)
{
    static _Alignas(4096) uint8_t memory[2 << 20];
    static size_t used;
    const size_t at = (used + align - 1) / align * align;

    used = at + size;
    CU_ASSERT_TRUE_FATAL(used <= sizeof(memory));
    return memory + at;
}

void irq_enable(unsigned intid, bool edge, irq_handler *handler, void *owner)
{
    (void)intid, (void)edge, (void)handler, (void)owner;
}

static struct timer *timers[8];

void timer_start(struct timer *timer, uint64_t after_us)
{
    timer_stop(timer);
    timer->due_us = card.now + after_us;
    timer->running = true;
    for (unsigned i = 0; i < 8; i++) {
        if (!timers[i]) {
            timers[i] = timer;
            return;
        }
    }
}

void timer_stop(struct timer *timer)
{
    timer->running = false;
    for (unsigned i = 0; i < 8; i++) {
        if (timers[i] == timer) {
            timers[i] = NULL;
        }
    }
}

/* The next timer, however far; false: none. */
static bool fire(void)
{
    struct timer *next = NULL;

    for (unsigned i = 0; i < 8; i++) {
        if (timers[i] && (!next || timers[i]->due_us < next->due_us)) {
            next = timers[i];
        }
    }
    if (!next) {
        return false;
    }
    if (card.now < next->due_us) {
        card.now = next->due_us;
    }
    timer_stop(next);
    next->fire(next);
    return true;
}

/* ---- the controller and its card ---- */

static uint32_t r1(void)
{
    const uint32_t status = card.status | READY | card.state << 9;

    card.status = 0;
    return status;
}

bool sdhci_init(struct sdhci *host, uintptr_t base)
{
    host->base = base;
    host->address64 = true;
    card.host = host;
    card.state = TRANSFER;
    return true;
}

/* As QEMU's card: it is done at once, and errors are in the response. */
static void erase(void)
{
    CU_ASSERT_TRUE_FATAL(card.from <= card.to && card.to < SECTORS);
    card.trims++;
    card.status |= card.after_data;
    if (!card.after_data) {
        memset(card.disk + card.from * BLK_SECTOR, 0, (card.to - card.from + 1) * BLK_SECTOR);
    }
    card.after_data = 0;
}

void sdhci_set_bus(struct sdhci *host, unsigned lines)
{
    (void)host, (void)lines;
}

bool sdhci_command(struct sdhci *host, const struct sdhci_command *command)
{
    CU_ASSERT_FALSE(card.busy);
    switch (command->index) {
    case 12:
        card.stops++;
        card.state = TRANSFER;
        break;
    case 35:
        card.from = command->argument;
        break;
    case 36:
        card.to = command->argument;
        break;
    case 38:
        CU_ASSERT_EQUAL(command->argument, 1);
        erase();
        break;
    default:
        break;
    }
    host->response[0] = command->index == 1 ? 3u << 30 : r1();
    return true;
}

void sdhci_list_clear(struct sdhci *host)
{
    host->used = 0;
}

bool sdhci_list_add(struct sdhci *host, uint64_t address, uint32_t len)
{
    (void)len;
    CU_ASSERT_EQUAL(host->used++, 0);
    card.memory = (uint8_t *)(uintptr_t)address;
    return true;
}

bool sdhci_transfer(struct sdhci *host, const struct sdhci_command *command, bool write,
                    uint32_t blocks)
{
    CU_ASSERT_FALSE(card.busy);
    host->response[0] = r1();
    if (card.state != TRANSFER) {
        return false;
    }
    if (command->index == 8) { /* EXT_CSD */
        const uint32_t sectors = SECTORS;

        memset(card.memory, 0, BLK_SECTOR);
        memcpy(card.memory + EXT_SECTORS, &sectors, 4);
        card.memory[EXT_FEATURES] = 1 << 4;
        card.memory[EXT_CACHE] = card.has_cache;
        blocks = 0;
    }
    card.write = write;
    card.blocks = blocks;
    card.sector = command->argument;
    card.busy = true;
    card.ended = card.quick || command->index == 8;
    return true;
}

/* FLUSH_CACHE: its end is an interrupt. */
bool sdhci_begin(struct sdhci *host, const struct sdhci_command *command)
{
    CU_ASSERT_FALSE(card.busy);
    CU_ASSERT_TRUE(command->index == 6 && (command->argument >> 8 & 0xffff) == 0x2001);
    host->response[0] = r1();
    card.flushes++;
    card.write = true;
    card.blocks = 0;
    card.busy = true;
    card.ended = card.quick;
    return true;
}

/* By the time of its interrupt it has. */
void sdhci_signal(struct sdhci *host)
{
    (void)host;
    CU_ASSERT_TRUE(card.busy && !card.ended);
    card.ended = true;
    card.signals++;
}

static void move(void)
{
    uint8_t *at = card.disk + card.sector * BLK_SECTOR;

    if (card.write) {
        memcpy(at, card.memory, card.blocks * BLK_SECTOR);
    } else if (card.blocks) {
        memcpy(card.memory, at, card.blocks * BLK_SECTOR);
    }
}

void sdhci_interrupt(struct sdhci *host)
{
    const bool ok = !card.break_off;

    if (!card.busy || card.never || !card.ended) {
        return;
    }
    if (!card.after_data && ok) {
        move();
    }
    card.status |= card.after_data;
    card.after_data = 0;
    card.busy = false;
    card.break_off = false;
    card.state = ok ? TRANSFER : card.write ? RECEIVE : DATA;
    if (ok && card.blocks > 1) {
        host->response[3] = card.write ? 0 : r1(); /* a write's errors come after the response */
    }
    host->done(host, ok);
}

void sdhci_abort(struct sdhci *host)
{
    (void)host;
    card.busy = false;
    card.never = false;
    card.state = card.write ? RECEIVE : DATA;
}

/* ---- the tests ---- */

static uint8_t buffer[8 * BLK_SECTOR] __attribute__((aligned(64)));
static int result;

static void done(struct blk_req *req, enum blk_status status)
{
    (void)req;
    result = status;
}

static int transfer(struct blk_dev *dev, enum blk_op op, uint64_t sector, uint32_t blocks)
{
    const struct blk_seg seg = {buffer, blocks * BLK_SECTOR};
    struct blk_req req = {.dev = dev,
                          .op = op,
                          .sector = sector,
                          .seg = &seg,
                          .segs = op == BLK_READ || op == BLK_WRITE,
                          .sectors = blocks,
                          .done = done};

    result = -1;
    blk_submit(&req);
    for (unsigned i = 0; i < 20 && result < 0; i++) {
        sdhci_interrupt(card.host);
        if (result < 0) {
            CU_ASSERT_TRUE(fire());
        }
    }
    return result;
}

static void make_card(bool has_cache)
{
    static struct board board;

    board.mmc[0].base = 0x1000;
    card.has_cache = has_cache;
    block_init(&board);
    first = block_open(0, 0, 1024, false);
    second = block_open(0, 1024, 1024, false);
    CU_ASSERT_PTR_NOT_NULL_FATAL(first);
    CU_ASSERT_PTR_NOT_NULL_FATAL(second);
}

static void test_start(void)
{
    make_card(true);
}

/* Each test ends with a card that works, and requests that do. */
static void check_sound(void)
{
    CU_ASSERT_EQUAL(transfer(first, BLK_WRITE, 3, 4), BLK_OK);
    CU_ASSERT_EQUAL(transfer(first, BLK_READ, 3, 1), BLK_OK);
    CU_ASSERT_EQUAL(transfer(second, BLK_WRITE, 3, 1), BLK_OK);
    CU_ASSERT_EQUAL(transfer(second, BLK_FLUSH, 0, 0), BLK_OK);
}

static void test_write_status(void)
{
    for (uint32_t blocks = 1; blocks <= 8; blocks *= 8) {
        check_sound();
        card.after_data = ERROR;
        CU_ASSERT_EQUAL(transfer(first, BLK_WRITE, 0, blocks), BLK_IO_ERROR);
        check_sound();
    }
}

static void test_read_status(void)
{
    card.after_data = ECC_FAILED;
    CU_ASSERT_EQUAL(transfer(first, BLK_READ, 0, 8), BLK_IO_ERROR);
    check_sound();
}

/* A data time-out leaves the card waiting for its stop command. */
static void test_broken_off(void)
{
    for (int op = BLK_READ; op <= BLK_WRITE; op++) {
        for (uint32_t blocks = 1; blocks <= 8; blocks *= 8) {
            card.break_off = true;
            card.stops = 0;
            CU_ASSERT_EQUAL(transfer(first, op, 0, blocks), BLK_IO_ERROR);
            CU_ASSERT_EQUAL(card.stops, 1);
            check_sound();
        }
    }
}

static void test_no_end(void)
{
    card.never = true;
    CU_ASSERT_EQUAL(transfer(second, BLK_WRITE, 0, 8), BLK_IO_ERROR);
    check_sound();
}

/* Lost after the command had ended: every device that writes is told at its next write or flush. */
static void test_loss(void)
{
    card.status = CC_ERROR;
    CU_ASSERT_EQUAL(transfer(first, BLK_READ, 0, 8), BLK_OK);
    CU_ASSERT_EQUAL(transfer(second, BLK_FLUSH, 0, 0), BLK_IO_ERROR);
    CU_ASSERT_EQUAL(transfer(first, BLK_READ, 0, 1), BLK_OK);
    CU_ASSERT_EQUAL(transfer(first, BLK_WRITE, 0, 1), BLK_IO_ERROR);
    check_sound();
}

static void test_flush_collects(void)
{
    card.status = ERROR;
    CU_ASSERT_EQUAL(transfer(first, BLK_FLUSH, 0, 0), BLK_IO_ERROR);
    check_sound();
    card.status = CC_ERROR;
    CU_ASSERT_EQUAL(transfer(first, BLK_FLUSH, 0, 0), BLK_IO_ERROR);
    CU_ASSERT_EQUAL(transfer(second, BLK_WRITE, 0, 1), BLK_IO_ERROR);
    check_sound();
}

/* Sectors of the card, which are all ones before. */
static void check_zeros(enum blk_op op, struct blk_dev *dev, uint32_t sector, uint32_t sectors,
                        uint32_t at)
{
    static const uint8_t zero[BLK_SECTOR];

    memset(card.disk, 0xff, sizeof(card.disk));
    CU_ASSERT_EQUAL(transfer(dev, op, sector, sectors), BLK_OK);
    for (uint32_t i = 0; i < SECTORS; i++) {
        CU_ASSERT_EQUAL(!memcmp(card.disk + i * BLK_SECTOR, zero, BLK_SECTOR),
                        i >= at && i < at + sectors);
    }
}

/* Both make zeros, of a part of the card only; writing them takes no TRIM. */
static void test_zeros(void)
{
    CU_ASSERT_TRUE(blk_can_trim(second));
    card.trims = 0;
    check_zeros(BLK_TRIM, second, 5, 3, 1029);
    CU_ASSERT_EQUAL(card.trims, 1);
    check_zeros(BLK_ZERO, second, 5, 1019, 1029); /* no multiple of a transfer */
    check_zeros(BLK_ZERO, first, 0, 1, 0);
    CU_ASSERT_EQUAL(card.trims, 1);
    CU_ASSERT_EQUAL(transfer(first, BLK_TRIM, 0, 0), BLK_OK);
    CU_ASSERT_EQUAL(transfer(first, BLK_TRIM, 1020, 5), BLK_RANGE);
    CU_ASSERT_EQUAL(transfer(first, BLK_ZERO, UINT64_MAX, 5), BLK_RANGE);
    CU_ASSERT_EQUAL(card.trims, 1);
}

static void test_zeros_refused(void)
{
    struct blk_dev *system = block_open(0, 0, 8, true);

    CU_ASSERT_FALSE(blk_can_trim(system));
    CU_ASSERT_EQUAL(transfer(system, BLK_TRIM, 0, 1), BLK_DENIED);
    CU_ASSERT_EQUAL(transfer(system, BLK_ZERO, 0, 1), BLK_DENIED);
    card.after_data = ERROR;
    CU_ASSERT_EQUAL(transfer(first, BLK_TRIM, 0, 8), BLK_IO_ERROR);
    check_sound();
}

/* A transfer that is done at once takes no interrupt, and the other device has its turn next. */
static void test_quick(void)
{
    const struct blk_seg seg = {buffer, BLK_SECTOR};
    struct blk_req req[2] = {
        {.dev = first, .op = BLK_READ, .seg = &seg, .segs = 1, .done = done},
        {.dev = second, .op = BLK_READ, .seg = &seg, .segs = 1, .done = done},
    };

    card.quick = true;
    card.signals = 0;
    for (unsigned i = 0; i < 2; i++) {
        blk_submit(&req[i]);
    }
    for (unsigned i = 0; i < 2; i++) {
        result = -1;
        CU_ASSERT_TRUE(fire());
        CU_ASSERT_EQUAL(result, BLK_OK);
    }
    CU_ASSERT_EQUAL(transfer(first, BLK_FLUSH, 0, 0), BLK_OK);
    CU_ASSERT_EQUAL(card.signals, 0);
    card.quick = false;
    CU_ASSERT_EQUAL(transfer(first, BLK_READ, 0, 1), BLK_OK);
    CU_ASSERT_EQUAL(card.signals, 1);
    check_sound();
}

/* A flush is over when the card says so, and what was asked after it waits. */
static void test_flush_waits(void)
{
    struct blk_req flush = {.dev = first, .op = BLK_FLUSH, .done = done};
    struct blk_req other = {.dev = second, .op = BLK_FLUSH, .done = done};

    result = -1;
    card.flushes = 0;
    blk_submit(&flush);
    blk_submit(&other);
    CU_ASSERT_TRUE(fire());
    CU_ASSERT_EQUAL(card.flushes, 1);
    CU_ASSERT_EQUAL(result, -1);
    sdhci_interrupt(card.host);
    CU_ASSERT_EQUAL(result, BLK_OK);
    result = -1;
    while (card.flushes < 2 && fire()) {
        ;
    }
    CU_ASSERT_EQUAL(result, -1);
    blk_cancel(second);
    CU_ASSERT_FALSE(card.busy);
    CU_ASSERT_EQUAL(result, -1);
    check_sound();
    card.never = true;
    CU_ASSERT_EQUAL(transfer(first, BLK_FLUSH, 0, 0), BLK_IO_ERROR);
    check_sound();
}

/* Without a cache there is nothing to wait for, but errors are collected. */
static void test_no_cache(void)
{
    make_card(false);
    card.flushes = 0;
    check_sound();
    test_flush_collects();
    CU_ASSERT_EQUAL(card.flushes, 0);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"start", test_start},
                                        {"status of a write", test_write_status},
                                        {"status of a read", test_read_status},
                                        {"transfer broken off", test_broken_off},
                                        {"transfer without end", test_no_end},
                                        {"loss outside of a command", test_loss},
                                        {"flush collects errors", test_flush_collects},
                                        {"zeros and trim", test_zeros},
                                        {"zeros refused", test_zeros_refused},
                                        {"a quick end", test_quick},
                                        {"a flush waits", test_flush_waits},
                                        {"no cache", test_no_cache},
                                        CU_TEST_INFO_NULL};

    return run_suite("storage", tests);
}
