/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Every odd way to touch what is a device, read only or nothing: exclusive, paired, vector, not
 * aligned, across an end, as Normal memory, as code. Each is one abort and no more.
 */
#include "lib/exception.h"
#include "lib/mmu.h"
#include "lib/platform.h"
#include "lib/psci.h"
#include "lib/tap.h"

#define RAM_END (RAM_BASE + 0x4000000)

int main(uint64_t dtb);

/* `code` with %0 = address: one abort of this class, FAR in its page. */
#define ABORTS(address, what, code)                                               \
    do {                                                                          \
        struct trap trap_;                                                        \
        exception_expect();                                                       \
        __asm__ volatile(".arch_extension fp\n\t" code ::"r"((uint64_t)(address)) \
                         : "x9", "x10", "x11", "memory");                         \
        trap_ = exception_taken();                                                \
        tap_ok(trap_.count == 1 && trap_class(&trap_) == EC_DATA_ABORT &&         \
                   trap_.far - (uint64_t)(address) < 64,                          \
               what);                                                             \
    } while (0)

static void test_exclusives(uint64_t address)
{
    tap_note("exclusive accesses at", address);
    ABORTS(address, "ldxr", "ldxr w9, [%0]");
    ABORTS(address, "ldaxr of 64 bits", "ldaxr x9, [%0]");
    ABORTS(address, "ldxp", "ldxp x9, x10, [%0]");
    ABORTS(address, "ldxrb", "ldxrb w9, [%0]");
    ABORTS(address, "ldaxp", "ldaxp w9, w10, [%0]");
}

/* The clock page is read only. */
static void test_exclusive_store(void)
{
    uint32_t before = read32(RTC_BASE);
    struct trap trap;

    exception_expect();
    __asm__ volatile("ldxr w9, [%0]\n\tstxr w10, wzr, [%0]" ::"r"(RTC_BASE + 8)
                     : "x9", "x10", "memory");
    trap = exception_taken();
    tap_ok(trap.count <= 1, "stxr to a read-only page");
    tap_ok(read32(RTC_BASE) - before <= 2, "has no effect");
}

static void test_forms(uint64_t address)
{
    tap_note("forms without syndrome at", address);
    ABORTS(address, "ldp", "ldp w9, w10, [%0]");
    ABORTS(address, "stp", "stp xzr, xzr, [%0]");
    ABORTS(address, "a vector load", "ldr q0, [%0]");
    ABORTS(address, "a vector store", "str d0, [%0]");
    ABORTS(address, "writeback", "mov x9, %0\n\tstr wzr, [x9], #4");
}

static void test_unaligned(void)
{
    const uint64_t gicd = mmu_normal(GICD_BASE), uart = mmu_normal(UART_BASE);

    ABORTS(gicd + 2, "a word that is not aligned", "ldr w9, [%0]");
    ABORTS(gicd + 1, "a half word that is not aligned", "strh wzr, [%0]");
    ABORTS(gicd + 4, "a double word that is not aligned", "ldr x9, [%0]");
    ABORTS(gicd + 0xffff, "half of it beyond the distributor", "ldrh w9, [%0]");
    ABORTS(gicd - 2, "half of it before the distributor", "str wzr, [%0]");
    ABORTS(uart + 0xffc, "half of it beyond the UART's page", "ldr x9, [%0]");
    ABORTS(uart - 4, "half of it before the UART's page", "ldr x9, [%0]");
    ABORTS(RAM_END - 4, "half of it beyond RAM", "ldr x9, [%0]");
    ABORTS(RAM_END - 1, "a store, half of it beyond RAM", "str wzr, [%0]");
    ABORTS(RAM_BASE - 4, "half of it before RAM", "str xzr, [%0]");
}

/* Devices mapped as Normal memory: what the CPU may do to memory must not be done to them. */
static void test_as_memory(void)
{
    const uint64_t gicd = mmu_normal(GICD_BASE), rtc = mmu_normal(RTC_BASE);
    const uint64_t nothing = mmu_normal(NOTHING);
    uint32_t before = read32(RTC_BASE), type = read32(GICD_BASE + 4);
    struct trap trap;

    tap_is(read32(gicd + 4), type, "the distributor as Normal memory is the same");
    ABORTS(gicd, "dc zva at the distributor", "dc zva, %0");
    ABORTS(nothing, "dc zva at nothing", "dc zva, %0");
    ABORTS(rtc, "dc zva at a read-only page", "dc zva, %0");
    exception_expect();
    __asm__ volatile(
        "dc ivac, %0\n\tdc civac, %0\n\tdc cvau, %0\n\tprfm pldl1keep, [%0]\n\tdsb sy" ::"r"(rtc)
        : "memory");
    tap_is(exception_taken().count, 0, "cache maintenance of a read-only page is no error");
    exception_expect();
    __asm__ volatile("dc civac, %0\n\tprfm pstl1keep, [%0]\n\tdsb sy" ::"r"(nothing) : "memory");
    trap = exception_taken();
    tap_ok(trap.count <= 1, "cache maintenance of nothing is an abort or nothing");
    tap_ok(read32(RTC_BASE) - before <= 2, "and the clock is as it was");
}

static void test_fetch(void)
{
    static const uint64_t places[] = {GICD_BASE, GICR_BASE, UART_BASE, RTC_BASE, NOTHING, RAM_END};
    unsigned fetched = 0;

    for (unsigned i = 0; i < sizeof(places) / sizeof(*places); i++) {
        struct trap trap = try_call(places[i]), alias = try_call(mmu_normal(places[i]));

        fetched += trap.count != 1 || trap_class(&trap) != EC_INSTRUCTION_ABORT;
        fetched += alias.count != 1 || trap_class(&alias) != EC_INSTRUCTION_ABORT;
    }
    tap_is(fetched, 0, "no code from devices, mapped as such or as memory");
}

/* Register 31 of a trapped load, MRS or store: it takes nothing and is zero. */
static void test_zero_register(void)
{
    uint64_t priorities = GICR_BASE + 0x10400;

    write32(priorities, 0xa0a0a0a0);
    __asm__ volatile("ldr wzr, [%0]\n\tmrs xzr, id_pfr1_el1\n\tstr wzr, [%0]" ::"r"(priorities)
                     : "memory");
    tap_is(read32(priorities), 0, "the zero register is zero, whatever is read into it");
}

#define SCTLR_EE (1ull << 25)

/* A load and a store by an EL1 that is big endian; both in one go, as this code itself is not. */
static uint32_t big_endian_load(uint64_t address)
{
    uint64_t little = read_sysreg(sctlr_el1), value;

    __asm__ volatile("msr sctlr_el1, %2\n\tisb\n\tldr %w0, [%1]\n\tmsr sctlr_el1, %3\n\tisb"
                     : "=&r"(value)
                     : "r"(address), "r"(little | SCTLR_EE), "r"(little)
                     : "memory");
    return (uint32_t)value;
}

static void big_endian_store(uint64_t address, uint32_t value)
{
    uint64_t little = read_sysreg(sctlr_el1);

    __asm__ volatile(
        "msr sctlr_el1, %2\n\tisb\n\tstr %w0, [%1]\n\tmsr sctlr_el1, %3\n\tisb" ::"r"(value),
        "r"(address), "r"(little | SCTLR_EE), "r"(little)
        : "memory");
}

static void test_big_endian(void)
{
    uint64_t priorities = GICR_BASE + 0x10400;

    tap_is(read_sysreg(id_aa64mmfr0_el1) >> 8 & 15, 1, "big endian is announced");
    write32(priorities, 0xa0b0c0d0);
    tap_is(big_endian_load(priorities), 0xd0c0b0a0, "a load by a big-endian guest");
    big_endian_store(priorities, 0x10203040);
    tap_is(read32(priorities), 0x40302010, "a store by a big-endian guest");
}

int main(uint64_t dtb)
{
    (void)dtb;
    test_big_endian();
    write_sysreg(cpacr_el1, 3ull << 20);
    test_zero_register();
    test_forms(NOTHING);
    if (!under_phonebooth()) {
        tap_skip("odd accesses to devices", "no hypervisor");
        return 0;
    }
    test_forms(GICD_BASE + 0x100);
    test_forms(GICR_BASE + 0x10100);
    mmu_on();
    test_exclusives(NOTHING);
    test_exclusives(GICD_BASE + 0x100);
    test_exclusives(mmu_normal(GICR_BASE) + 0x10100);
    test_exclusive_store();
    test_unaligned();
    test_as_memory();
    test_fetch();
    return 0;
}
