/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Four CPUs that invalidate each other's TLBs (Arm DDI 0487, D8). Each takes its pages away and
 * maps others in their place, and meanwhile loads, stores and executes through the pages of all.
 * What is behind an address has a number that only grows; when its mapping is gone it is poisoned.
 *
 * The same program is the neighbour, another VM on the same CPUs, which does it too, without end.
 */
#include <stddef.h>

#include "lib/exception.h"
#include "lib/mmu.h"
#include "lib/platform.h"
#include "lib/psci.h"
#include "lib/tap.h"

#define CPUS       4
#define RING       4     /* pages or blocks by turns */
#define CHANGES    250   /* of each CPU's mapping in a phase */
#define PATIENCE   50000 /* looks at whether another CPU has changed its mapping */
#define POISON     (~0ull)
#define OPEN       1ull
#define QUIET      2ull
#define NOT_GLOBAL (1ull << 11)
#define VIEW       (MMU_HIGH + 500 * MMU_GIB)
#define BLOCK      0x200000ull
#define BLOCKS     (RAM_BASE + 0x2000000)
#define BLOCK_AREA 8 /* index of the first block in level2 */

#define MOVZ_W0(n)   (0x52800000u | ((n)&0xffff) << 5)
#define MOVK_W0_H(n) (0x72a00000u | ((n) >> 16 & 0xffff) << 5)
#define MOVN_X0_0    0x92800000u
#define RET          0xd65f03c0u

#define TLBI_OP(op, operand) \
    __asm__ volatile("dsb ishst\n\ttlbi " op ", %0\n\tdsb ish\n\tisb" ::"r"(operand) : "memory")

int main(uint64_t dtb);

/* What is behind one address of a mapping */
struct place {
    volatile uint64_t number;
    volatile uint64_t stored; /* by the CPUs, through the mapping */
    uint64_t unused[6];
    volatile uint32_t code[4]; /* returns `number` */
};

struct kind {
    const char *name;
    void (*invalidate)(uint64_t address);
    uint64_t attributes;
    bool blocks;
};

static struct cpu {
    volatile uint64_t published; /* its mapping's number is at least this */
    uint64_t number;
    uint64_t stale, stored, seen;
} cpus[CPUS] __attribute__((aligned(64)));

static uint64_t level2[512] __attribute__((aligned(4096)));
static uint64_t level3[512] __attribute__((aligned(4096)));
static uint8_t pages[CPUS][RING][4096] __attribute__((aligned(4096)));
static uint32_t arrived;
static bool endless;

static void by_address(uint64_t address)
{
    TLBI_OP("vae1is", address >> 12 & 0xfffffffffffull);
}

static void by_address_last(uint64_t address)
{
    TLBI_OP("vale1is", address >> 12 & 0xfffffffffffull);
}

static void by_address_all_asids(uint64_t address)
{
    TLBI_OP("vaae1is", address >> 12 & 0xfffffffffffull);
}

static void by_asid(uint64_t address)
{
    (void)address;
    TLBI_OP("aside1is", 0ull);
}

static void all(uint64_t address)
{
    (void)address;
    mmu_flush();
}

static const struct kind kinds[] = {
    {"pages by address", by_address, MMU_NORMAL, false},
    {"pages by address, last level", by_address_last, MMU_NORMAL | NOT_GLOBAL, false},
    {"pages by address, all ASIDs", by_address_all_asids, MMU_NORMAL | NOT_GLOBAL, false},
    {"pages by ASID", by_asid, MMU_NORMAL | NOT_GLOBAL, false},
    {"pages with all others", all, MMU_NORMAL, false},
    {"blocks by address", by_address, MMU_NORMAL, true},
    {"blocks by ASID", by_asid, MMU_NORMAL | NOT_GLOBAL, true},
};
#define KINDS (sizeof(kinds) / sizeof(*kinds))

static unsigned places(const struct kind *kind)
{
    return kind->blocks ? 8 : 1;
}

static uint64_t place_offset(unsigned place)
{
    return place * 0x41000ull;
}

static uint64_t view(const struct kind *kind, unsigned cpu)
{
    return VIEW + (kind->blocks ? (BLOCK_AREA + cpu) * BLOCK : cpu * 0x1000ull);
}

static uint64_t memory(const struct kind *kind, unsigned cpu, uint64_t number)
{
    unsigned turn = number % (kind->blocks ? 2 : RING);

    return kind->blocks ? BLOCKS + (cpu * 2 + turn) * BLOCK : (uint64_t)pages[cpu][turn];
}

static void set_entry(const struct kind *kind, unsigned cpu, uint64_t entry)
{
    volatile uint64_t *at = kind->blocks ? &level2[BLOCK_AREA + cpu] : &level3[cpu];

    *at = entry;
}

static void write_code(volatile uint32_t *code, uint32_t first, uint32_t second)
{
    code[0] = first;
    code[1] = second;
    code[2] = RET;
    __asm__ volatile("dc cvau, %0\n\tdsb ish\n\tic ivau, %0\n\tdsb ish" ::"r"(code) : "memory");
}

static void fill(const struct kind *kind, uint64_t at, uint64_t number)
{
    for (unsigned i = 0; i < places(kind); i++) {
        struct place *place = (struct place *)(at + place_offset(i));

        write_code(place->code, MOVZ_W0((uint32_t)number), MOVK_W0_H((uint32_t)number));
        place->stored = OPEN;
        place->number = number;
    }
}

/* The mapping has gone. */
static void poison(const struct kind *kind, uint64_t at)
{
    for (unsigned i = 0; i < places(kind); i++) {
        struct place *place = (struct place *)(at + place_offset(i));

        place->number = POISON;
        place->stored = QUIET;
        write_code(place->code, MOVN_X0_0, RET);
    }
}

/* Stores that came after the mapping had gone */
static unsigned count_stored(const struct kind *kind, uint64_t at)
{
    unsigned count = 0;

    for (unsigned i = 0; i < places(kind); i++) {
        const struct place *place = (const struct place *)(at + place_offset(i));

        count += place->number == POISON && place->stored != QUIET;
    }
    return count;
}

/* Break before make */
static void change(const struct kind *kind, unsigned cpu)
{
    struct cpu *c = &cpus[cpu];
    uint64_t before = memory(kind, cpu, c->number), after = memory(kind, cpu, c->number + 1);

    c->stored += count_stored(kind, after);
    fill(kind, after, ++c->number);
    set_entry(kind, cpu, 0);
    kind->invalidate(view(kind, cpu));
    poison(kind, before);
    set_entry(kind, cpu, after | kind->attributes | (kind->blocks ? MMU_BLOCK : MMU_PAGE));
    __asm__ volatile("dsb ish\n\tisb" ::: "memory");
    __atomic_store_n(&c->published, c->number, __ATOMIC_RELEASE);
}

/* What is there; 0 if there is nothing: numbers begin with 1. */
static uint64_t load(uint64_t address)
{
    uint64_t value = 0;

    __asm__ volatile("ldr %0, [%1]" : "+r"(value) : "r"(address) : "memory");
    return value;
}

static uint64_t call(uint64_t address)
{
    register uint64_t x0 __asm__("x0") = 0;

    __asm__ volatile("isb\n\tblr %1" : "+r"(x0) : "r"(address) : "x30", "memory");
    return x0;
}

static void judge(struct cpu *c, uint64_t number, uint64_t least)
{
    if (number) {
        c->seen++;
        c->stale += number < least || number == POISON;
    }
}

static void look(const struct kind *kind, struct cpu *c, unsigned other)
{
    for (unsigned i = 0; i < places(kind); i++) {
        struct place *place = (struct place *)(view(kind, other) + place_offset(i));
        uint64_t least = __atomic_load_n(&cpus[other].published, __ATOMIC_ACQUIRE);

        judge(c, load((uint64_t)&place->number), least);
        write64((uint64_t)&place->stored, OPEN);
        judge(c, call((uint64_t)place->code), least);
    }
}

/* What the first look has left in the TLB is gone at the second. */
static void look_twice(const struct kind *kind, struct cpu *c, unsigned other)
{
    uint64_t before = __atomic_load_n(&cpus[other].published, __ATOMIC_ACQUIRE);

    look(kind, c, other);
    for (unsigned i = 0; i < PATIENCE; i++) {
        if (__atomic_load_n(&cpus[other].published, __ATOMIC_ACQUIRE) != before) {
            break;
        }
        relax();
    }
    look(kind, c, other);
}

/* The `times`-th time that all CPUs are at the same point */
static void meet(unsigned times)
{
    __atomic_fetch_add(&arrived, 1, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&arrived, __ATOMIC_SEQ_CST) < times * CPUS) {
        relax();
    }
}

static void run_phase(const struct kind *kind, unsigned cpu)
{
    exception_expect();
    for (unsigned i = 0; i < CHANGES; i++) {
        change(kind, cpu);
        look_twice(kind, &cpus[cpu], (cpu + i) % CPUS);
    }
    set_entry(kind, cpu, 0);
    mmu_flush();
    poison(kind, memory(kind, cpu, cpus[cpu].number));
    exception_taken();
}

/* Each phase begins when all CPUs are there and is over when all have left it. */
static void run_phases(unsigned cpu, void (*report)(const struct kind *kind))
{
    unsigned times = 0;

    do {
        for (unsigned i = 0; i < KINDS; i++) {
            meet(++times);
            run_phase(&kinds[i], cpu);
            meet(++times);
            if (report) {
                report(&kinds[i]);
            }
        }
    } while (endless);
}

static void report(const struct kind *kind)
{
    uint64_t stale = 0, stored = 0, seen = 0;
    bool all_worked = true;

    for (unsigned cpu = 0; cpu < CPUS; cpu++) {
        struct cpu *c = &cpus[cpu];

        stale += c->stale;
        stored += c->stored;
        seen += c->seen;
        all_worked = all_worked && c->seen > CHANGES;
        c->stale = c->stored = c->seen = 0;
    }
    tap_say("# ", kind->name);
    tap_note("loads and fetches that found something", seen);
    tap_ok(all_worked, "each CPU has used the mappings of others");
    tap_is(stale, 0, "no load and no fetch used a mapping that was gone");
    tap_is(stored, 0, "no store did");
}

void secondary_main(unsigned cpu)
{
    mmu_on();
    run_phases(cpu, NULL);
}

int main(uint64_t dtb)
{
    (void)dtb;
    endless = try_read32(UART_BASE).count; /* the neighbour, which has none */
    mmu_high[500] = (uint64_t)level2 | MMU_TABLE;
    level2[0] = (uint64_t)level3 | MMU_TABLE;
    mmu_on();
    for (unsigned cpu = 1; cpu < CPUS; cpu++) {
        if (psci_cpu_on(cpu)) {
            tap_bail_out("a CPU does not start");
        }
    }
    run_phases(0, endless ? NULL : report);
    return 0;
}
