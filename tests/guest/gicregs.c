/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Each register of a GICv3 without ITS and LPIs (Arm IHI 0069, 12.9 and 12.11): its value after
 * reset, and what of a written value it keeps. Nothing is enabled at the CPU interface.
 */
#include "lib/exception.h"
#include "lib/gic.h"
#include "lib/platform.h"
#include "lib/tap.h"

#define CPUS       4
#define WORDS      3 /* of SPIs that `virt` and we both have: INTID 32 .. 127 */
#define EDGE       0xaaaaaaaau
#define PRIORITIES 0xf8f8f8f8u /* five bits of each */
#define GICR_CTLR  0x0000
#define GICR_IIDR  0x0004
#define GICD_IIDR  0x0008
#define GICD_NSACR 0x0e00

int main(uint64_t dtb);

static uint64_t frame(unsigned cpu)
{
    return GICR_BASE + cpu * GICR_FRAMES + GICR_SGI;
}

/* `words` registers from `address` on, or-ed. */
static uint32_t any(uint64_t address, unsigned words)
{
    uint32_t bits = 0;

    for (unsigned i = 0; i < words; i++) {
        bits |= read32(address + 4 * i);
    }
    return bits;
}

static void test_identity(void)
{
    uint32_t typer = read32(GICD_BASE + GICD_TYPER);

    tap_ok((typer & 0x1f) >= WORDS, "GICD_TYPER.ITLinesNumber: at least 96 SPIs");
    tap_is(typer >> 5 & 7, 0, "GICD_TYPER.CPUNumber: none without affinity routing");
    tap_is(typer >> 10 & 1, 0, "GICD_TYPER.SecurityExtn: one security state");
    tap_ok((typer >> 19 & 0x1f) >= 9, "GICD_TYPER.IDbits: ten or more");
    tap_is(read32(GICD_BASE + GICD_IIDR) & 0xfff, 0x43b, "GICD_IIDR: Arm");
    tap_is(read32(GICD_BASE + GICD_PIDR2) & 0xf0, 0x30, "GICD_PIDR2: GICv3");
    tap_is(read32(GICD_BASE + GICD_CTLR) & ~0x80u, 0x50, "GICD_CTLR: DS, ARE, groups off");
    for (uint64_t cpu = 0; cpu < CPUS; cpu++) {
        uint64_t base = GICR_BASE + cpu * GICR_FRAMES, typer64 = read64(base + GICR_TYPER);

        tap_is(read32(base + GICD_PIDR2) & 0xf0, 0x30, "GICR_PIDR2: GICv3");
        tap_is(read32(base + GICR_IIDR) & 0xfff, 0x43b, "GICR_IIDR: Arm");
        tap_is(read32(base + GICR_CTLR) & 0x80000008u, 0, "GICR_CTLR: no write is pending");
        tap_is(typer64 >> 8 & 0xffff, cpu, "GICR_TYPER.Processor_Number");
        tap_is(typer64 >> 32, cpu, "GICR_TYPER.Affinity_Value");
        tap_is(typer64 >> 4 & 1, cpu == CPUS - 1, "GICR_TYPER.Last");
        tap_is(read32(base + GICR_TYPER + 4), cpu, "its upper half alone");
        tap_is(read32(base + GICR_WAKER) & 6, 6, "GICR_WAKER: asleep");
    }
}

static void test_reset(void)
{
    tap_is(any(GICD_BASE + GIC_ISENABLER + 4, WORDS), 0, "after reset no SPI is enabled");
    tap_is(any(GICD_BASE + GIC_ISPENDR + 4, WORDS), 0, "none pending");
    tap_is(any(GICD_BASE + GIC_ISACTIVER + 4, WORDS), 0, "none active");
    tap_is(any(GICD_BASE + GIC_IPRIORITYR + 32, WORDS * 8), 0, "priority 0");
    tap_is(any(GICD_BASE + GIC_ICFGR + 8, WORDS * 2), 0, "level");
    tap_is(any(GICD_BASE + GICD_IROUTER(32), WORDS * 64), 0, "to CPU 0");
    for (unsigned cpu = 0; cpu < CPUS; cpu++) {
        tap_is(read32(frame(cpu) + GIC_ISENABLER) >> 16, 0, "no PPI is enabled");
        tap_is(any(frame(cpu) + GIC_ISPENDR, 1) & 0xffff, 0, "no SGI pending");
        tap_is(any(frame(cpu) + GIC_ISACTIVER, 1), 0, "none active");
        tap_is(any(frame(cpu) + GIC_IPRIORITYR, 8), 0, "priority 0");
        tap_is(read32(frame(cpu) + GIC_ICFGR), EDGE, "SGIs are edge triggered");
    }
}

/* What a register keeps of ones, then of zeros. */
static void keeps(uint64_t address, uint32_t ones, uint32_t mask, const char *what)
{
    uint32_t kept;

    write32(address, ~0u);
    kept = read32(address) & mask;
    write32(address, 0);
    tap_ok(kept == ones && (read32(address) & mask) == 0, what);
}

/* ISENABLER and ICENABLER, and the other two pairs. */
static void pair(uint64_t base, uint32_t set, uint32_t clear, uint32_t bits, const char *what)
{
    uint32_t first, second;

    write32(base + set, bits);
    first = read32(base + set) & bits;
    write32(base + set, 0);
    second = read32(base + clear) & bits;
    write32(base + clear, bits & 0x0ff00ff0);
    tap_ok(first == bits && second == bits && (read32(base + set) & bits) == (bits & ~0x0ff00ff0u),
           what);
    write32(base + clear, bits);
    tap_is(read32(base + clear) & bits, 0, "and cleared");
}

static void test_words(uint64_t base, uint32_t bits)
{
    pair(base, GIC_ISENABLER, GIC_ICENABLER, bits, "ISENABLER, ICENABLER");
    pair(base, GIC_ISPENDR, GIC_ICPENDR, bits, "ISPENDR, ICPENDR");
    pair(base, GIC_ISACTIVER, GIC_ICACTIVER, bits, "ISACTIVER, ICACTIVER");
    keeps(base + GIC_IGROUPR, bits, bits, "IGROUPR");
}

static void test_spis(void)
{
    uint64_t priority = GICD_BASE + GIC_IPRIORITYR + 100;

    for (unsigned w = 2; w <= WORDS; w++) { /* not those of `virt`'s own devices */
        test_words(GICD_BASE + 4 * w, 0xffff0000);
    }
    keeps(priority, PRIORITIES, PRIORITIES, "IPRIORITYR as a word");
    write8(priority + 1, 0x50);
    tap_is(read32(priority), 0x5000, "and as bytes");
    keeps(GICD_BASE + GIC_ICFGR + 6 * 4, EDGE, EDGE, "ICFGR");
    write64(GICD_BASE + GICD_IROUTER(100), 2);
    tap_is(read64(GICD_BASE + GICD_IROUTER(100)), 2, "IROUTER");
    tap_is(read32(GICD_BASE + GICD_IROUTER(100)), 2, "its lower half");
    tap_is(read32(GICD_BASE + GICD_IROUTER(100) + 4), 0, "its upper half");
    tap_is(any(GICD_BASE + GICD_NSACR, 8), 0, "GICD_NSACR: nothing with one security state");
    for (uint32_t groups = 0; groups < 4; groups++) {
        write32(GICD_BASE + GICD_CTLR, 0x10 | groups);
        tap_is(read32(GICD_BASE + GICD_CTLR) & 0x13, 0x10 | groups, "GICD_CTLR's group enables");
    }
    write32(GICD_BASE + GICD_CTLR, 0);
}

static void test_private(void)
{
    for (unsigned cpu = 0; cpu < CPUS; cpu++) {
        uint64_t waker = frame(cpu) - GICR_SGI + GICR_WAKER;

        test_words(frame(cpu), 0xffff);
        keeps(frame(cpu) + GIC_IPRIORITYR + 8, PRIORITIES, PRIORITIES, "IPRIORITYR");
        write32(frame(cpu) + GIC_ICFGR, 0);
        tap_is(read32(frame(cpu) + GIC_ICFGR), EDGE, "SGIs stay edge triggered");
        write32(waker, 0);
        tap_is(read32(waker) & 6, 0, "GICR_WAKER: awake");
    }
}

int main(uint64_t dtb)
{
    (void)dtb;
    test_identity();
    test_reset();
    test_spis();
    test_private();
    return 0;
}
