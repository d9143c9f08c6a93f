/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A protected guest against the real switchboard: its entropy device is asked to write where the
 * guest shares nothing, or nothing any more, or just stops to share. The device then needs a reset;
 * private pages stay as they are, and the switchboard goes on.
 */
#include "../lib/exception.h"
#include "../lib/platform.h"
#include "../lib/psci.h"
#include "../lib/tap.h"
#include "../realm/rsi.h"

#define PAGE    0x1000ull
#define PROGRAM 0x0ull
#define RAM_END (RAM_BASE + 0x2000000)
#define RINGS   (RAM_BASE + 0x600000)
#define DATA    (RAM_BASE + 0xa00000) /* another 2 MiB than the rings */
#define SLOT    (VIO_BASE + 7 * 0x200 + SHARED)
#define RACE    2000 /* ms */
#define WORD    0x5ec7e75ec7e75ec7ull

/* virtio 1.2, 4.2.2 */
#define DEVICE_ID     (SLOT + 0x008)
#define FEATURES      (SLOT + 0x020)
#define FEATURES_SEL  (SLOT + 0x024)
#define QUEUE_NUM     (SLOT + 0x038)
#define QUEUE_READY   (SLOT + 0x044)
#define QUEUE_NOTIFY  (SLOT + 0x050)
#define STATUS        (SLOT + 0x070)
#define QUEUE_DESC    (SLOT + 0x080)
#define QUEUE_DRIVER  (SLOT + 0x090)
#define QUEUE_DEVICE  (SLOT + 0x0a0)
#define FEATURES_OK   0x0bu
#define DRIVER_OK     0x0fu
#define NEEDS_RESET   0x40u
#define HIGH_FEATURES 3u /* VERSION_1, ACCESS_PLATFORM */
#define ENTRIES       8u
#define DESC_F_WRITE  2u
#define ANSWER_MS     1000

static uint16_t asked; /* avail.idx */
static uint64_t resets, answers, spoiled;
static uint32_t racing, raced;

int main(uint64_t dtb);

static void write_address(uint64_t reg, uint64_t address)
{
    write32(reg, (uint32_t)address);
    write32(reg + 4, (uint32_t)(address >> 32));
}

/* Descriptors, then 256 bytes on the available ring, then the used one: in one shared page. */
static void set_up(uint64_t rings)
{
    write32(STATUS, 0);
    write32(STATUS, 3);
    write32(FEATURES_SEL, 1);
    write32(FEATURES, HIGH_FEATURES);
    write32(STATUS, FEATURES_OK);
    write32(QUEUE_NUM, ENTRIES);
    write_address(QUEUE_DESC, rings);
    write_address(QUEUE_DRIVER, rings + 0x100);
    write_address(QUEUE_DEVICE, rings + 0x200);
    write32(QUEUE_READY, 1);
    write32(STATUS, DRIVER_OK);
    asked = 0;
}

static void start(void)
{
    rsi_set(RINGS, PAGE, RIPAS_RAM);
    rsi_set(RINGS, PAGE, RIPAS_EMPTY); /* zero */
    set_up(RINGS + SHARED);
}

static bool needs_reset(void)
{
    return read32(STATUS) & NEEDS_RESET;
}

static void ask(uint64_t address, uint32_t bytes)
{
    uint64_t rings = RINGS + SHARED;

    write64(rings, address);
    write64(rings + 8, bytes | (uint64_t)DESC_F_WRITE << 32);
    asked++;
    write32(rings + 0x100, (uint32_t)asked << 16); /* flags, idx; every entry is descriptor 0 */
    __asm__ volatile("dsb sy" ::: "memory");
    write32(QUEUE_NOTIFY, 0);
}

/* TRUE if the device answers; false if it needs a reset. */
static bool answered(void)
{
    uint64_t end = ticks() + ms_to_ticks(ANSWER_MS);

    while (ticks() < end && !needs_reset()) {
        if (read32(RINGS + SHARED + 0x200) >> 16 == asked) {
            return true;
        }
        relax();
    }
    return false;
}

static bool works(void)
{
    uint64_t seen = 0;

    start();
    rsi_set(DATA, PAGE, RIPAS_RAM);
    rsi_set(DATA, PAGE, RIPAS_EMPTY);
    ask(DATA + SHARED, 64);
    if (!answered()) {
        return false;
    }
    for (unsigned i = 0; i < 64; i += 8) {
        seen |= read64(DATA + SHARED + i);
    }
    return seen != 0;
}

static void fill(void)
{
    for (unsigned i = 0; i < PAGE; i += 8) {
        write64(DATA + i, WORD);
    }
}

static bool is_full(void)
{
    uint64_t differ = 0;

    for (unsigned i = 0; i < PAGE; i += 8) {
        differ |= read64(DATA + i) ^ WORD;
    }
    return differ == 0;
}

/* A program of EL2's has run before this one: it has compared what was loaded with this
 * measurement. */
static void test_measured(void)
{
    struct rsi r = rsi_call(RSI_MEASUREMENT_READ, 0, 0, 0);
    uint64_t left = 0;

    tap_ok(r.x[0] == RSI_SUCCESS && r.x[1] && r.x[4] && !r.x[5], "an initial measurement");
    tap_is(read64(PROGRAM) != 0, 1, "the program that compared it is there");
    tap_is(try_write32(PROGRAM, 0).count, 1, "and cannot be written");
    for (uint64_t at = RAM_END - PAGE; at < RAM_END; at += 8) {
        left |= read64(at);
    }
    tap_is(left, 0, "its stack is clean");
}

static void test_refused(void)
{
    tap_ok(works(), "the device writes where it may");
    rsi_set(DATA, PAGE, RIPAS_RAM);
    fill();
    ask(DATA, 64);
    tap_ok(!answered() && needs_reset(), "an address in the lower half breaks the queue");
    start();
    ask(DATA + SHARED, 64);
    tap_ok(!answered() && needs_reset(), "a page that is not shared does, too");
    start();
    ask(DATA - PAGE + SHARED, 3 * PAGE);
    tap_ok(!answered() && needs_reset(), "and one of which a part is not");
    tap_ok(is_full(), "nothing was written there");
    tap_ok(works(), "after a reset it works");
    set_up(DATA + PAGE + SHARED);
    tap_ok(needs_reset(), "rings that are not shared are refused");
}

static void test_taken(void)
{
    start();
    rsi_set(RINGS, PAGE, RIPAS_RAM);
    write64(RINGS + 0x100, WORD);
    write32(QUEUE_NOTIFY, 0);
    spin_ms(100);
    tap_ok(needs_reset(), "rings that were taken back break the device");
    tap_is(read64(RINGS + 0x100), WORD, "and are not touched");
    tap_ok(works(), "after a reset it works");
}

/* The other CPU: the page comes and goes. While it is private it must stay as it is. */
void secondary_main(unsigned cpu)
{
    (void)cpu;
    while (__atomic_load_n(&racing, __ATOMIC_ACQUIRE)) {
        rsi_set(DATA, PAGE, RIPAS_RAM);
        fill();
        spoiled += !is_full();
        spin_ms(1);
        spoiled += !is_full();
        rsi_set(DATA, PAGE, RIPAS_EMPTY);
        spin_ms(1);
    }
    __atomic_store_n(&raced, 1, __ATOMIC_RELEASE);
    for (;;) {
        wait_for_interrupt();
    }
}

static void test_race(void)
{
    uint64_t end;

    start();
    racing = 1;
    if (psci_cpu_on(1)) {
        tap_bail_out("no second CPU");
    }
    for (end = ticks() + ms_to_ticks(RACE); ticks() < end;) {
        ask(DATA + SHARED, PAGE);
        if (answered()) {
            answers++;
        } else {
            resets++;
            start();
        }
    }
    __atomic_store_n(&racing, 0, __ATOMIC_RELEASE);
    tap_ok(wait_until(&raced, 1, 5000), "a page comes and goes while the device writes it");
    tap_note("answers", answers);
    tap_note("resets", resets);
    tap_ok(answers && resets, "sometimes it was there, sometimes not");
    tap_is(spoiled, 0, "while it was private nobody wrote it");
    tap_ok(works(), "after a reset the device works");
}

int main(uint64_t dtb)
{
    (void)dtb;
    tap_is(read32(DEVICE_ID), 4, "an entropy device");
    test_measured();
    test_refused();
    test_taken();
    test_race();
    return 0;
}
