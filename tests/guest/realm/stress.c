/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "stress.h"

#include "../lib/exception.h"
#include "../lib/platform.h"
#include "../lib/psci.h"
#include "../lib/tap.h"
#include "protocol.h"
#include "rsi.h"

#define CPUS        2
#define CONTESTED   8   /* pages before each half that both CPUs convert without asking */
#define LONG_RUN    700 /* pages: more than one table */
#define SHORT_RUN   16
#define PAGES_MAX   (0x20000000 / PAGE)
#define WAIT_FOR_IT 10000 /* ms */

static struct half {
    uint64_t first, end; /* pages of RAM */
    uint64_t random;
    uint64_t wrong, conversions, pages, checked;
} half[CPUS];

static uint64_t seed[PAGES_MAX]; /* of a private page's words; 0: it is shared */
static uint64_t end_ticks, contested;
static uint32_t done;

static uint64_t private_at(uint64_t page)
{
    return RAM_BASE + page * PAGE;
}

static uint64_t shared_at(uint64_t page)
{
    return private_at(page) + SHARED;
}

void stress_note(uint64_t offset, uint64_t size, bool shared)
{
    for (uint64_t page = offset / PAGE; page < (offset + size) / PAGE; page++) {
        uint64_t at = RAM_BASE + BITMAP + SHARED + page / 32 * 4;
        uint32_t bit = 1u << page % 32;

        write32(at, shared ? read32(at) | bit : read32(at) & ~bit);
    }
}

static uint64_t word(uint64_t page, unsigned i)
{
    return SECRET << 48 | ((seed[page] * (i + 1)) & 0xffffffffffffull);
}

static void fill(struct half *h, uint64_t page)
{
    seed[page] = random64(&h->random) | 1;
    for (unsigned i = 0; i < PAGE / 8; i++) {
        write64(private_at(page) + i * 8, word(page, i));
    }
}

static void check_private(struct half *h, uint64_t page)
{
    uint64_t differ = 0;

    for (unsigned i = 0; i < PAGE / 8; i++) {
        differ |= read64(private_at(page) + i * 8) ^ word(page, i);
    }
    h->wrong += differ != 0;
    h->checked++;
}

/* In a shared page there is what it was given, the owner's word, or nothing; no secret. */
static void check_shared(struct half *h, uint64_t page)
{
    for (unsigned i = 0; i < PAGE / 8; i++) {
        uint64_t value = read64(shared_at(page) + i * 8);

        h->wrong += value != 0 && value != OWNERS && OWNER_OF(value) != PUBLIC;
    }
}

static void check_closed(struct half *h, uint64_t address)
{
    struct trap trap = try_read32(address);

    h->wrong += trap.count != 1 || trap_fault(&trap) != FSC_EXTERNAL_ABORT;
}

static void share(struct half *h, uint64_t page, uint64_t count)
{
    for (uint64_t p = page; p < page + count; p++) {
        if (seed[p]) {
            check_private(h, p);
        }
    }
    h->wrong += !rsi_set(private_at(page), count * PAGE, RIPAS_EMPTY);
    for (uint64_t p = page; p < page + count; p++) {
        check_shared(h, p);
        write64(shared_at(p) + random64(&h->random) % (PAGE / 8) * 8, PUBLIC << 48 | p);
        seed[p] = 0;
    }
    check_closed(h, private_at(page));
}

static void take_back(struct half *h, uint64_t page, uint64_t count)
{
    h->wrong += !rsi_set(private_at(page), count * PAGE, RIPAS_RAM);
    for (uint64_t p = page; p < page + count; p++) {
        if (!seed[p]) {
            fill(h, p);
        } else {
            check_private(h, p);
        }
    }
    check_closed(h, shared_at(page));
}

static void step(struct half *h)
{
    uint64_t r = random64(&h->random);
    uint64_t count = 1 + (r >> 8) % (r % 64 ? SHORT_RUN : LONG_RUN);
    uint64_t room = h->end - h->first;
    uint64_t page;

    count = count < room ? count : room;
    page = h->first + (r >> 32) % (room - count + 1);
    if (r & 128) {
        share(h, page, count);
    } else {
        take_back(h, page, count);
    }
    h->conversions++;
    h->pages += count;
    page = contested + (r >> 20) % CONTESTED; /* both at once, whatever the other does */
    h->wrong += !rsi_set(private_at(page), PAGE, r >> 24 & 1);
}

static void run(struct half *h)
{
    for (uint64_t page = h->first; page < h->end; page++) {
        if (!seed[page]) {
            fill(h, page);
        }
    }
    while (ticks() < end_ticks) {
        step(h);
    }
    for (uint64_t page = h->first; page < h->end; page++) {
        if (seed[page]) {
            check_private(h, page);
        }
    }
}

void secondary_main(unsigned cpu)
{
    run(&half[cpu]);
    __atomic_store_n(&done, 1, __ATOMIC_RELEASE);
    while (true) {
        wait_for_interrupt();
    }
}

/* Whatever came of the contested pages: each is in one half, the one that RSI says. */
static uint64_t check_contested(void)
{
    uint64_t wrong = 0;

    for (uint64_t page = contested; page < contested + CONTESTED; page++) {
        bool is_private =
            rsi_call(RSI_IPA_STATE_GET, private_at(page), private_at(page + 1), 0).x[2];
        bool private_closed, shared_closed;

        try_read64(private_at(page), &private_closed);
        try_read64(shared_at(page), &shared_closed);
        wrong += private_closed == is_private || shared_closed != is_private;
        stress_note(page * PAGE, PAGE, !is_private);
    }
    return wrong;
}

uint64_t stress_run(uint64_t ram_size, uint64_t ms)
{
    uint64_t pages = ram_size / PAGE, wrong;

    contested = AREA / PAGE;
    half[0] = (struct half){.first = contested + CONTESTED, .random = 0x1234567};
    half[1] = (struct half){.end = pages, .random = 0x89abcdef};
    half[0].end = half[1].first = (half[0].first + pages) / 2 + 3; /* not at a table's end */
    end_ticks = ticks() + ms_to_ticks(ms);
    if (psci_cpu_on(1)) {
        return 1;
    }
    run(&half[0]);
    if (!wait_until(&done, 1, WAIT_FOR_IT + ms)) {
        return 1;
    }
    for (uint64_t page = half[0].first; page < pages; page++) {
        stress_note(page * PAGE, PAGE, !seed[page]);
    }
    wrong = half[0].wrong + half[1].wrong + check_contested();
    tap_note("conversions", half[0].conversions + half[1].conversions);
    tap_note("pages converted", half[0].pages + half[1].pages);
    tap_note("pages checked", half[0].checked + half[1].checked);
    return wrong;
}
