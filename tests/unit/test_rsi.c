/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The states of a protected VM's pages, against a model that knows who has each: random calls,
 * right and wrong ones. TLBs are modelled at their worst: whatever is valid at any moment is cached
 * until it is flushed. No page may be reached from both sides at any time, or while it is cleared.
 */
#include <CUnit/Basic.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

#include "hypervisor/core/cpu/arch.h"
#undef dsb
#define dsb(domain) ((void)0)
#include "hypervisor/core/call/rsi.c"
#include "hypervisor/core/vm/protect.c"

#define CHUNKS  4u
#define PAGES   (CHUNKS * PT_ENTRIES)
#define RAM_IPA 0x40000000ull
#define RAM_END (RAM_IPA + PAGES * GRANULE)
#define CALLS   3000000u
#define LOOK    4096u /* calls between looks at everything */

struct vm vms[PB_MAX_VMS];

static struct pb_vm config;
static struct vcpu caller;
static uint64_t *tables;
static uint8_t *ram;

static struct page {
    bool shared;
    bool cached_private, cached_shared;
    uint64_t holds; /* first word */
} pages[PAGES];

static unsigned wrong, flushes;
static bool converting; /* what is cleared must be nobody's then */

static bool valid(unsigned page, bool shared)
{
    return tables[page / PT_ENTRIES * 2 * PT_ENTRIES + (shared ? PT_ENTRIES : 0) +
                  page % PT_ENTRIES] &
           PT_VALID;
}

/* Every walker of every CPU looks at it now. */
static void walk(unsigned page)
{
    struct page *p = &pages[page];

    p->cached_private |= valid(page, false);
    p->cached_shared |= valid(page, true);
    wrong += p->cached_private && p->cached_shared;
}

void stage2_flush(const struct vm *vm)
{
    flushes += vm == &vms[1];
    for (unsigned i = 0; i < PAGES; i++) {
        pages[i].cached_private = pages[i].cached_shared = false;
    }
}

void mmu_scrub(struct paddr from, uint64_t size)
{
    uint64_t pa = from.pa;
    unsigned page = (unsigned)((pa - (uintptr_t)ram) / GRANULE);

    if (pa < (uintptr_t)ram || page >= PAGES || pa % GRANULE || size != GRANULE) {
        wrong++;
        return;
    }
    walk(page);
    wrong += (pages[page].cached_private || pages[page].cached_shared) && converting;
    memset(ram + page * GRANULE, 0, GRANULE);
    pages[page].holds = 0;
}

static struct mmio posted;

void post_access(struct vcpu *v, const struct mmio *m)
{
    wrong += v != &caller;
    posted = *m;
}

static uint64_t random64(void)
{
    static uint64_t state = 0x9e3779b97f4a7c15ull;

    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 0x2545f4914f6cdd1dull;
}

static uint64_t word(unsigned page)
{
    uint64_t value;

    memcpy(&value, ram + page * GRANULE, sizeof(value));
    return value;
}

static void start(void)
{
    tables = aligned_alloc(4096, CHUNKS * 2 * PT_ENTRIES * sizeof(*tables));
    ram = aligned_alloc(PT_BLOCK, PAGES * GRANULE);
    for (unsigned i = 0; i < PAGES; i++) {
        uint64_t *entry = &tables[i / PT_ENTRIES * 2 * PT_ENTRIES + i % PT_ENTRIES];
        uint64_t value = random64();

        entry[0] = ((uintptr_t)ram + i * GRANULE) | 0x7ff;
        entry[PT_ENTRIES] = ((uintptr_t)ram + i * GRANULE) | 0x7fe;
        memcpy(ram + i * GRANULE, &value, sizeof(value));
        pages[i] = (struct page){.holds = value};
    }
    config = (struct pb_vm){.ram_ipa = RAM_IPA,
                            .ram_pa = (uintptr_t)ram,
                            .ram_size = PAGES * GRANULE,
                            .l3_pa = (uintptr_t)tables,
                            .rim = {1, 2, 3, 4}};
    vms[1].cfg = &config;
    caller.vm = &vms[1];
    wrong = 0;
}

static void finish(void)
{
    free(tables);
    free(ram);
}

static void look(unsigned from, unsigned to)
{
    for (unsigned i = from; i < to; i++) {
        walk(i);
        wrong += valid(i, true) != pages[i].shared || valid(i, false) == pages[i].shared;
        wrong += word(i) != pages[i].holds;
    }
}

/* Mostly right addresses; the others are near what is right. */
static uint64_t random_address(uint64_t near)
{
    static const uint64_t edges[] = {0, RAM_IPA, RAM_END, PB_IPA_SHARED, PB_IPA_SHARED + RAM_IPA};
    uint64_t r = random64();

    switch (r % 16) {
    case 0:
        return edges[r / 16 % 5] + (r >> 32) % 3 * GRANULE - GRANULE;
    case 1:
        return near + (r >> 32) % 3 * GRANULE - GRANULE;
    case 2:
        return near + (r >> 32) % GRANULE;
    case 3:
        return r;
    case 4:
        return RAM_IPA + (r >> 16) % PAGES * GRANULE;
    default:
        return near + (r >> 16) % 40 * GRANULE;
    }
}

static void try_set(uint64_t base, uint64_t top, uint64_t state)
{
    uint64_t x[3] = {base, top, state};
    uint64_t end = base / STEP * STEP + STEP;
    bool good = base % GRANULE == 0 && top % GRANULE == 0 && base >= RAM_IPA && top <= RAM_END &&
                base < top && state <= 1;
    struct vcpu before = caller;
    unsigned first = (unsigned)((base - RAM_IPA) / GRANULE), last;
    int64_t status;

    converting = true;
    status = rsi_ipa_state_set(&vms[1], x, &caller);
    converting = false;
    if (!good) {
        wrong += status != RSI_ERROR_INPUT || caller.x[1] != before.x[1];
        return;
    }
    end = end < top ? end : top;
    last = (unsigned)((end - RAM_IPA) / GRANULE);
    wrong += status != RSI_SUCCESS || caller.x[1] != end || caller.x[2] != 0;
    for (unsigned i = first; i < last; i++) {
        pages[i].shared = !state;
    }
    look(first, last);
}

static void try_get(uint64_t base, uint64_t top)
{
    uint64_t x[3] = {base, top, 0};
    bool good = base % GRANULE == 0 && top % GRANULE == 0 && base < top && top <= PB_IPA_SHARED;
    bool is_ram = base >= RAM_IPA && base < RAM_END;
    int64_t status = rsi_ipa_state_get(&vms[1], x, &caller);

    wrong += (status == RSI_SUCCESS) != good;
    if (!good) {
        return;
    }
    wrong += caller.x[1] <= base || caller.x[1] > top;
    wrong += caller.x[2] != (is_ram && !pages[(base - RAM_IPA) / GRANULE].shared);
}

static void write_somewhere(void)
{
    unsigned page = (unsigned)(random64() % PAGES);
    uint64_t value = random64();

    memcpy(ram + page * GRANULE, &value, sizeof(value));
    pages[page].holds = value;
}

static void random_calls(void)
{
    start();
    for (unsigned i = 0; i < CALLS; i++) {
        uint64_t base = random_address(RAM_IPA + random64() % PAGES * GRANULE);
        uint64_t top = random_address(base), r = random64();

        if (r % 8) {
            try_set(base, top, r >> 8 & (r % 64 ? 1 : 3));
        } else {
            try_get(base, top);
        }
        write_somewhere();
        if (i % LOOK == 0) {
            look(0, PAGES);
        }
    }
    look(0, PAGES);
    CU_ASSERT_EQUAL(wrong, 0);
    finish();
}

/* What scrubbing does: all private again, whatever it was; and once it is, nothing is flushed. */
static void all_private(void)
{
    unsigned before;

    start();
    for (unsigned i = 0; i < PAGES; i += 3) {
        try_set(RAM_IPA + i * GRANULE, RAM_IPA + (i + 1) * GRANULE, 0);
    }
    for (unsigned i = 0; i < PAGES; i += PT_ENTRIES) {
        protect_convert(&vms[1], i * GRANULE, PT_ENTRIES, false);
    }
    for (unsigned i = 0; i < PAGES; i++) {
        pages[i].shared = false;
    }
    look(0, PAGES);
    before = flushes;
    for (unsigned i = 0; i < PAGES; i += PT_ENTRIES) {
        protect_convert(&vms[1], i * GRANULE, PT_ENTRIES, false);
    }
    CU_ASSERT_EQUAL(flushes, before);
    CU_ASSERT_EQUAL(wrong, 0);
    finish();
}

/* EL2 reads and writes what a guest names only where it is private RAM. */
static void structures(void)
{
    uint64_t call[2] = {0xabcd0007, 42};
    uint64_t x[3] = {RAM_IPA + 5 * GRANULE, 0, 0};

    start();
    CU_ASSERT_EQUAL(rsi_realm_config(&vms[1], x, &caller), RSI_SUCCESS);
    CU_ASSERT_EQUAL(word(5), PB_IPA_BITS);
    try_set(x[0], x[0] + GRANULE, 0);
    CU_ASSERT_EQUAL(rsi_realm_config(&vms[1], x, &caller), RSI_ERROR_INPUT);
    CU_ASSERT_EQUAL(rsi_host_call(&vms[1], x, &caller), RSI_ERROR_INPUT);
    CU_ASSERT_EQUAL(word(5), 0);
    x[0] = RAM_IPA + 6 * GRANULE + 256;
    memcpy(ram + 6 * GRANULE + 256, call, sizeof(call));
    CU_ASSERT_EQUAL(rsi_host_call(&vms[1], x, &caller), RSI_SUCCESS);
    CU_ASSERT_EQUAL(posted.ipa.ipa, 7);
    CU_ASSERT_EQUAL(posted.value, 42);
    for (unsigned i = 0; i < 6; i++) {
        static const uint64_t bad[] = {RAM_IPA - GRANULE,       RAM_END,    0, RAM_IPA + 8,
                                       PB_IPA_SHARED + RAM_IPA, ~0ull << 12};

        x[0] = bad[i];
        CU_ASSERT_EQUAL(rsi_realm_config(&vms[1], x, &caller), RSI_ERROR_INPUT);
        CU_ASSERT_EQUAL(rsi_host_call(&vms[1], x, &caller), RSI_ERROR_INPUT);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    finish();
}

static void measurements(void)
{
    uint64_t x[3] = {0};

    start();
    CU_ASSERT_EQUAL(rsi_measurement_read(&vms[1], x, &caller), RSI_SUCCESS);
    CU_ASSERT_TRUE(caller.x[1] == 1 && caller.x[4] == 4 && caller.x[5] == 0 && caller.x[8] == 0);
    x[0] = 4;
    CU_ASSERT_EQUAL(rsi_measurement_read(&vms[1], x, &caller), RSI_SUCCESS);
    CU_ASSERT_EQUAL(caller.x[1], 0);
    x[0] = 5;
    CU_ASSERT_EQUAL(rsi_measurement_read(&vms[1], x, &caller), RSI_ERROR_INPUT);
    finish();
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"random calls", random_calls},
        {"all private", all_private},
        {"structures", structures},
        {"measurements", measurements},
        CU_TEST_INFO_NULL,
    };

    return run_suite("rsi", tests);
}
