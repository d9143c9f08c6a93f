/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Registers: docs/board/{dma-firewall,display-engine}.md; GEM: UG585 B.18 and 16.3.4. */
#include "drivers.h"
#include "../lib/platform.h"
#include "../lib/tap.h"

#include <stddef.h>

#include "el1/memory.h"
#include "drivers/emmc.h"
#include "el1/clock.h"
#include "el1/log.h"

#define SDHCI_BASE   0x12300000ull
#define DISPLAY_BASE 0x12200000ull
#define GEM_BASE     0x12400000ull

#define SECOND_US 1000000u
#define FRAME_MS  50u /* more than one of the display's */

void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);

struct fault fault_take(void)
{
    struct fault fault = {
        .status = read32(FIREWALL_REPORT),
        .address = read32(FIREWALL_REPORT + 4) | (uint64_t)read32(FIREWALL_REPORT + 8) << 32,
        .count = read32(FIREWALL_REPORT + 12),
    };

    write32(FIREWALL_REPORT, 1);
    return fault;
}

/* What the switchboard's driver needs of the switchboard. */

void *memcpy(void *to, const void *from, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        ((volatile uint8_t *)to)[i] = ((const uint8_t *)from)[i];
    }
    return to;
}

void *memset(void *to, int value, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        ((volatile uint8_t *)to)[i] = (uint8_t)value;
    }
    return to;
}

static size_t used;

void *memory_alloc(size_t size, size_t align)
{
    static uint8_t room[16384] __attribute__((aligned(4096)));
    void *memory;

    used = (used + align - 1) & ~(align - 1);
    memory = room + used;
    used += size;
    if (used > sizeof(room)) {
        tap_bail_out("memory_alloc");
    }
    return memory;
}

uint64_t clock_us(void)
{
    return ticks() * 1000 / (read_sysreg(cntfrq_el0) / 1000);
}

void log_line(const char *format, ...)
{
    tap_note(format, 0);
}

static struct emmc card;
static volatile int card_result;

static void card_done(struct sdhci *host, bool ok)
{
    (void)host;
    card_result = ok;
}

bool card_init(void)
{
    used = 0;
    return emmc_init(&card, SDHCI_BASE);
}

static bool transfer(bool write, uint32_t sector, uint64_t address)
{
    uint64_t end = clock_us() + SECOND_US;

    card_result = -1;
    card.host.done = card_done;
    sdhci_list_clear(&card.host);
    sdhci_list_add(&card.host, address, BLOCK);
    if (!emmc_transfer(&card, write, sector, 1)) {
        return false;
    }
    while (card_result < 0 && clock_us() < end) {
        sdhci_interrupt(&card.host);
    }
    if (card_result == 1) {
        return true;
    }
    if (card_result < 0) {
        sdhci_abort(&card.host);
    }
    card_init(); /* a card that waits for data does nothing else */
    return false;
}

bool card_read(uint32_t sector, uint64_t address)
{
    return transfer(false, sector, address);
}

bool card_write(uint32_t sector, uint64_t address)
{
    return transfer(true, sector, address);
}

bool display_show(uint64_t address)
{
    write32(DISPLAY_BASE + 0x10, 7);
    write32(DISPLAY_BASE + 0x08, 1);
    write32(DISPLAY_BASE + 0x104, (uint32_t)address);
    write32(DISPLAY_BASE + 0x108, (uint32_t)(address >> 32));
    write32(DISPLAY_BASE + 0x10c, 16 * 4);
    write32(DISPLAY_BASE + 0x110, 16 | 16 << 16);
    write32(DISPLAY_BASE + 0x114, 0);
    write32(DISPLAY_BASE + 0x118, 16 | 16 << 16);
    write32(DISPLAY_BASE + 0x100, 1 | 255u << 16);
    write32(DISPLAY_BASE + 0x24, 1);
    spin_ms(FRAME_MS);
    return (read32(DISPLAY_BASE + 0x10) & 6) == 2; /* LATCHED, not FAULT */
}

bool display_lost(void)
{
    return read32(DISPLAY_BASE + 0x10) & 4;
}

static volatile uint32_t tx_ring[2] __attribute__((aligned(64)));

void gem_loop_ring(uint64_t from, uint64_t ring)
{
    tx_ring[0] = (uint32_t)from;
    tx_ring[1] = 1u << 30 | 1u << 15 | FRAME; /* wrap, last */
    write32(GEM_BASE + 0x00, 0);
    write32(GEM_BASE + 0x04, 1u << 4);                         /* NWCFG: all frames */
    write32(GEM_BASE + 0x10, 16u | 7u << 8 | 1536 / 64 << 16); /* DMACFG */
    write32(GEM_BASE + 0x18, (uint32_t)ring);
    write32(GEM_BASE + 0x1c, (uint32_t)(uintptr_t)tx_ring);
    write32(GEM_BASE + 0x00, 1u << 1 | 1u << 2 | 1u << 3); /* NWCTRL: loop, receive, send */
    write32(GEM_BASE + 0x00, 1u << 1 | 1u << 2 | 1u << 3 | 1u << 9);
    write32(GEM_BASE + 0x00, 0);
}

void gem_loop(uint64_t from, uint64_t to)
{
    static volatile uint32_t rx_ring[2] __attribute__((aligned(64)));

    rx_ring[0] = (uint32_t)to | 2; /* wrap */
    rx_ring[1] = 0;
    gem_loop_ring(from, (uintptr_t)rx_ring);
}
