/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest that tries to reach what is not its own. Every address of the IPA space is tried, fine
 * where devices and memory may be, coarse above; all but its own platform must abort. A neighbour
 * (neighbour.c) fills its RAM with a pattern and writes it wherever it can: it must not show here.
 */
#include "lib/exception.h"
#include "lib/neighbour.h"
#include "lib/platform.h"
#include "lib/psci.h"
#include "lib/tap.h"

#define PAGE     0x1000ull
#define KIB64    0x10000ull
#define MIB      0x100000ull
#define GIB      0x40000000ull
#define IPA_END  (1ull << 39)
#define RAM_SIZE (64 * MIB)
#define CPUS     4

int main(uint64_t dtb);

static const struct window {
    uint64_t base, size;
} own[] = {
    {GICD_BASE, 0x10000}, {GICR_BASE, CPUS * 0x20000}, {UART_BASE, PAGE},
    {RTC_BASE, PAGE},     {RAM_BASE, RAM_SIZE},
};

static uint64_t first_open; /* an address that did not abort */

static bool is_own(uint64_t address)
{
    for (unsigned i = 0; i < sizeof(own) / sizeof(*own); i++) {
        if (address >= own[i].base && address - own[i].base < own[i].size) {
            return true;
        }
    }
    return false;
}

static bool is_closed(uint64_t address)
{
    struct trap load = try_read32(address);
    struct trap store = try_write32(address, (uint32_t)NEIGHBOUR_PATTERN);

    return load.count == 1 && trap_class(&load) == EC_DATA_ABORT && load.far == address &&
           store.count == 1 && trap_class(&store) == EC_DATA_ABORT && store.far == address;
}

/* Tries [from, to) at each multiple of `step`, and the last word before the next. */
static void sweep(uint64_t from, uint64_t to, uint64_t step, const char *what)
{
    uint64_t open = 0;

    for (uint64_t at = from; at < to; at += step) {
        if (!is_own(at) && !is_closed(at) && !open++) {
            first_open = at;
        }
        if (!is_own(at + step - 4) && !is_closed(at + step - 4) && !open++) {
            first_open = at + step - 4;
        }
    }
    if (open) {
        tap_note("open", first_open);
    }
    tap_is(open, 0, what);
}

/* Where things lie on the boards that we know, physically: no address may work as it is there. */
static void test_known_addresses(void)
{
    static const uint64_t known[] = {
        0x10000000, 0x10080000, 0x12000000, 0x12010000, 0x12020000, 0x12100000, 0x12130000,
        0x12200000, 0x12300000, 0x12310000, 0x12400000, 0x12500000, 0x12600000, 0x12610000,
        0x12620000, 0x80000000, 0x84000000, 0x88000000, 0xc0000000, 0x08080000, 0x09020000,
        0x09030000, 0x09040000, 0x0a000000, 0x0a004000, 0x00000000, 0x3eff0000, 0x4010000000,
    };

    for (unsigned i = 0; i < sizeof(known) / sizeof(*known); i++) {
        tap_ok(is_closed(known[i]), "a physical address of the board is closed");
    }
    tap_ok(is_closed(UART_BASE + PAGE), "the page after the UART is closed");
    tap_ok(is_closed(RTC_BASE + PAGE), "the page after the clock is closed");
    tap_ok(is_closed(RAM_BASE - 4), "the word before RAM is closed");
    tap_ok(is_closed(RAM_BASE + RAM_SIZE), "the word after RAM is closed");
    tap_ok(try_call(0x80000000).count == 1, "code cannot be fetched there either");
}

static uint64_t count_pattern(void)
{
    uint64_t found = 0;

    for (uint64_t at = RAM_BASE; at < RAM_BASE + RAM_SIZE; at += 8) {
        found += read64(at) == NEIGHBOUR_PATTERN;
    }
    return found;
}

/* RAM behind this program and its device tree, for a pattern of our own. */
#define CANARY_START (RAM_BASE + 8 * MIB)
#define CANARY_END   (RAM_BASE + 56 * MIB)

static uint64_t canary(uint64_t at)
{
    return at * 0x9e3779b97f4a7c15ull;
}

static void plant_canaries(void)
{
    for (uint64_t at = CANARY_START; at < CANARY_END; at += 8) {
        write64(at, canary(at));
    }
}

static uint64_t damaged_canaries(void)
{
    uint64_t damaged = 0;

    for (uint64_t at = CANARY_START; at < CANARY_END; at += 8) {
        damaged += read64(at) != canary(at);
    }
    return damaged;
}

int main(uint64_t dtb)
{
    (void)dtb;
    if (!under_phonebooth()) {
        tap_skip("isolation", "no hypervisor");
        return 0;
    }
    tap_is(count_pattern(), 0, "the neighbour's pattern is not in new RAM");
    plant_canaries();
    test_known_addresses();
    sweep(0, 16 * MIB, PAGE, "0 to 16 MiB is closed, each page");
    sweep(128 * MIB, 192 * MIB, PAGE, "128 to 192 MiB: only the own devices, each page");
    sweep(16 * MIB, GIB, KIB64, "the device space is closed, each 64 KiB");
    sweep(GIB, 2 * GIB, KIB64, "1 to 2 GiB: only the own RAM, each 64 KiB");
    sweep(2 * GIB, 8 * GIB, 2 * MIB, "2 to 8 GiB is closed, each 2 MiB");
    sweep(8 * GIB, IPA_END, GIB / 4, "8 to 512 GiB is closed, each 256 MiB");
    tap_is(count_pattern(), 0, "the neighbour's pattern is not in this RAM");
    tap_is(damaged_canaries(), 0, "nobody changed this RAM");
    return 0;
}
