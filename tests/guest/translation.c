/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest's own translation tables, turned against the hypervisor: tables in devices, in nothing,
 * in what belongs to others; leaves that point there; stale entries; caches emptied by set and way.
 */
#include "lib/exception.h"
#include "lib/mmu.h"
#include "lib/platform.h"
#include "lib/psci.h"
#include "lib/tap.h"

#define OTHERS    0x80000000ull /* DRAM of the boards: on the persona platform there is nothing */
#define BEYOND    0x8000000000ull
#define LAST      0x000000fffffff000ull
#define CANARIES  (RAM_BASE + 0x1000000)
#define CANARIES_ (RAM_BASE + 0x1100000)

int main(uint64_t dtb);

static uint64_t level2[512] __attribute__((aligned(4096)));
static uint64_t page_a[512] __attribute__((aligned(4096)));
static uint64_t page_b[512] __attribute__((aligned(4096)));

/* What may be at index i of the upper half's table, and must not work. */
static const struct bad {
    uint64_t entry;
    const char *what;
} bad[] = {
    {NOTHING | MMU_TABLE, "a table in nothing"},
    {GICD_BASE | MMU_TABLE, "a table in the distributor"},
    {UART_BASE | MMU_TABLE, "a table in the UART"},
    {RTC_BASE | MMU_TABLE, "a table in the clock, which is read only"},
    {OTHERS | MMU_TABLE, "a table in memory of others"},
    {BEYOND | MMU_TABLE, "a table beyond the guest's space"},
    {LAST | MMU_TABLE, "a table in the last page of all"},
    {OTHERS | MMU_BLOCK | MMU_NORMAL, "a block in memory of others"},
    {OTHERS | MMU_BLOCK | MMU_DEVICE, "the same as a device"},
    {BEYOND | MMU_BLOCK | MMU_NORMAL, "a block beyond the guest's space"},
    {(LAST & ~(MMU_GIB - 1)) | MMU_BLOCK | MMU_NORMAL, "the last block of all"},
};

static bool aborted(const struct trap *trap, uint32_t class, uint64_t address)
{
    return trap->count == 1 && trap_class(trap) == class && trap->far == address;
}

static void test_bad(unsigned index)
{
    const uint64_t address = MMU_HIGH + index * MMU_GIB + 0x123000;
    struct trap trap;

    mmu_high[index] = bad[index].entry;
    mmu_flush();
    tap_note(bad[index].what, bad[index].entry);
    trap = try_read32(address);
    tap_ok(aborted(&trap, EC_DATA_ABORT, address), "a load aborts");
    trap = try_write32(address, 1);
    tap_ok(aborted(&trap, EC_DATA_ABORT, address), "a store aborts");
    trap = try_call(address);
    tap_ok(aborted(&trap, EC_INSTRUCTION_ABORT, address), "a fetch aborts");
    exception_expect();
    __asm__ volatile("at s1e1r, %0\n\tat s1e0w, %0\n\tisb" ::"r"(address) : "memory");
    tap_ok(exception_taken().count <= 2, "asking for its translation ends");
}

/* The last table is not where it was: the walk that is under way, and the vectors, are elsewhere.
 */
static void test_base(void)
{
    static const uint64_t bases[] = {NOTHING, GICD_BASE, UART_BASE, OTHERS};
    const uint64_t address = MMU_HIGH + 0x1000;
    unsigned wrong = 0;

    for (unsigned i = 0; i < sizeof(bases) / sizeof(*bases); i++) {
        struct trap trap;

        write_sysreg(ttbr1_el1, bases[i]);
        mmu_flush();
        trap = try_read32(address);
        wrong += !aborted(&trap, EC_DATA_ABORT, address);
    }
    write_sysreg(ttbr1_el1, mmu_high);
    mmu_flush();
    tap_is(wrong, 0, "TTBR1 to no memory: each walk is one abort");
}

/* Entries change while the CPU may remember them. */
static void test_stale(void)
{
    const uint64_t address = MMU_HIGH + 500 * MMU_GIB;
    const uint64_t ram = (uint64_t)page_a & ~0x1fffffull, a = (uint64_t)page_a - ram;
    unsigned wrong = 0;

    *(volatile uint64_t *)page_a = 0xaaaa;
    mmu_high[500] = (uint64_t)level2 | MMU_TABLE;
    for (unsigned i = 0; i < 1000; i++) {
        struct trap trap;

        level2[0] = ram | MMU_BLOCK | MMU_NORMAL;
        mmu_flush();
        wrong += read64(address + a) != 0xaaaa;
        level2[0] = (OTHERS + (uint64_t)i * 0x200000) | MMU_BLOCK | MMU_NORMAL;
        mmu_flush();
        trap = try_read32(address + a);
        wrong += !aborted(&trap, EC_DATA_ABORT, address + a);
    }
    tap_is(wrong, 0, "a thousand changes of an entry, own and foreign memory by turns");
}

/* One CPU's worth of TLB is filled with own pages; nothing else appears in it. */
static void test_pages(void)
{
    static uint64_t level3[512] __attribute__((aligned(4096)));
    const uint64_t address = MMU_HIGH + 501 * MMU_GIB;
    unsigned wrong = 0;

    *(volatile uint64_t *)page_a = 0xaaaa;
    *(volatile uint64_t *)page_b = 0xbbbb;
    mmu_high[501] = (uint64_t)level2 | MMU_TABLE;
    level2[0] = (uint64_t)level3 | MMU_TABLE;
    for (unsigned i = 0; i < 512; i++) {
        level3[i] = (uint64_t)(i & 1 ? page_b : page_a) | MMU_PAGE | MMU_NORMAL;
    }
    mmu_flush();
    for (unsigned i = 0; i < 512; i++) {
        wrong += read64(address + i * 0x1000) != (i & 1 ? 0xbbbb : 0xaaaa);
    }
    tap_is(wrong, 0, "two pages at 512 addresses");
}

/* CLIDR_EL1, CCSIDR_EL1: `op` on every line of every data cache. */
#define ALL_LINES(op)                                                                           \
    for (unsigned level_ = 0; (read_sysreg(clidr_el1) >> (3 * level_) & 7) > 1; level_++) {     \
        uint64_t size_, line_, way_shift_;                                                      \
        write_sysreg(csselr_el1, level_ << 1);                                                  \
        size_ = read_sysreg(ccsidr_el1);                                                        \
        line_ = (size_ & 7) + 4;                                                                \
        way_shift_ = (uint64_t)__builtin_clz((uint32_t)(size_ >> 3 & 0x3ff) | 1);               \
        for (uint64_t set_ = 0; set_ <= (size_ >> 13 & 0x7fff); set_++) {                       \
            for (uint64_t way_ = 0; way_ <= (size_ >> 3 & 0x3ff); way_++) {                     \
                __asm__ volatile("dc " op                                                       \
                                 ", %0" ::"r"(way_ << way_shift_ | set_ << line_ | level_ << 1) \
                                 : "memory");                                                   \
            }                                                                                   \
        }                                                                                       \
    }                                                                                           \
    __asm__ volatile("dsb sy" ::: "memory")

/* Invalidation must not bring back what memory held before, be it zero or somebody else's. */
static void test_set_and_way(void)
{
    unsigned wrong = 0;

    for (uint64_t at = CANARIES; at < CANARIES_; at += 8) {
        write64(at, at * 0x9e3779b97f4a7c15ull);
    }
    exception_expect();
    ALL_LINES("isw");
    ALL_LINES("csw");
    ALL_LINES("cisw");
    tap_is(exception_taken().count, 0, "all caches by set and way");
    for (uint64_t at = CANARIES; at < CANARIES_; at += 8) {
        wrong += read64(at) != at * 0x9e3779b97f4a7c15ull;
    }
    if (under_phonebooth()) {
        tap_is(wrong, 0, "nothing written is lost: invalidation cleans first");
    }
}

int main(uint64_t dtb)
{
    (void)dtb;
    mmu_on();
    test_pages();
    test_set_and_way();
    if (!under_phonebooth()) {
        tap_skip("bad tables", "no hypervisor");
        return 0;
    }
    for (unsigned i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        test_bad(i);
    }
    test_base();
    test_stale();
    test_pages();
    return 0;
}
