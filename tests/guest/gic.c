/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The GICv3 that a guest sees (Arm IHI 0069): registers, SGIs, SPIs made pending by software,
 * priorities, end of interrupt in both modes, active state, more interrupts than list registers.
 */
#include "lib/exception.h"
#include "lib/gic.h"
#include "lib/platform.h"
#include "lib/tap.h"

#define SPI_A      40
#define SPI_B      41
#define SPI_FIRST  64 /* of a crowd of them */
#define CROWD      12
#define SGI_TEST   5
#define CPUS       4
#define PMR_ALL    0xf0
#define EOI_MODE_1 2

#define ICC_PMR_EL1  S3_0_C4_C6_0
#define ICC_CTLR_EL1 S3_0_C12_C12_4
#define ICC_DIR_EL1  S3_0_C12_C11_1
#define ICC_RPR_EL1  S3_0_C12_C11_3

int main(uint64_t dtb);

static void expect_none(const char *what)
{
    tap_is(gic_wait(3), GIC_SPURIOUS, what);
}

static void expect(uint32_t intid, const char *what)
{
    tap_is(gic_wait(1000), intid, what);
}

static void expect_and_end(uint32_t intid, const char *what)
{
    expect(intid, what);
    gic_end(intid);
}

static void test_identity(void)
{
    tap_is(read32(GICD_BASE + GICD_PIDR2) >> 4 & 0xf, 3, "GICD_PIDR2 says GICv3");
    tap_ok((read32(GICD_BASE + GICD_TYPER) & 0x1f) >= 2, "GICD_TYPER: 64 SPIs or more");
    tap_is(read32(GICD_BASE + GICD_CTLR) & 0x12, 0x12, "GICD_CTLR: affinity routing, group 1");
    for (uint64_t cpu = 0; cpu < CPUS; cpu++) {
        uint64_t typer = read64(GICR_BASE + cpu * GICR_FRAMES + GICR_TYPER);

        tap_is(typer >> 32, cpu, "GICR_TYPER: affinity");
        tap_is(typer >> 4 & 1, cpu == CPUS - 1, "GICR_TYPER.Last only in the last");
    }
}

static void test_readback(void)
{
    gic_enable(SPI_A);
    tap_ok(gic_get(GIC_ISENABLER, SPI_A), "ISENABLER reads back");
    tap_ok(gic_get(GIC_ICENABLER, SPI_A), "ICENABLER shows the same");
    tap_ok(!gic_get(GIC_ISENABLER, SPI_B), "its neighbour stays disabled");
    gic_disable(SPI_A);
    tap_ok(!gic_get(GIC_ISENABLER, SPI_A), "ICENABLER disables");
    gic_set_priority(SPI_A, GIC_PRIORITY_HIGH);
    tap_is(gic_get_priority(SPI_A), GIC_PRIORITY_HIGH, "IPRIORITYR reads back");
    tap_is(gic_get_priority(SPI_B), GIC_PRIORITY, "its neighbour's is unchanged");
    gic_set_priority(SPI_A, GIC_PRIORITY);
    gic_set_edge(SPI_A, true);
    gic_set_edge(SPI_B, true);
    tap_is(read32(GICD_BASE + GIC_ICFGR + SPI_A / 16 * 4) >> SPI_A % 16 * 2 & 3, 2,
           "ICFGR reads back");
    write64(GICD_BASE + GICD_IROUTER(SPI_A), 0);
    tap_is(read64(GICD_BASE + GICD_IROUTER(SPI_A)), 0, "IROUTER reads back");
}

static void test_sgi(void)
{
    gic_enable(SGI_TEST);
    gic_send_sgi(SGI_TEST, 1);
    expect_and_end(SGI_TEST, "an SGI to itself");
    expect_none("comes once");
    gic_disable(SGI_TEST);
    gic_send_sgi(SGI_TEST, 1);
    expect_none("disabled, it does not come");
    tap_ok(gic_get(GIC_ISPENDR, SGI_TEST), "but is pending");
    gic_enable(SGI_TEST);
    expect_and_end(SGI_TEST, "enabled, it comes");
    gic_set(GIC_ISPENDR, SGI_TEST);
    expect_and_end(SGI_TEST, "ISPENDR makes an SGI pending");
}

static void test_pending(void)
{
    gic_set(GIC_ISPENDR, SPI_A);
    expect_none("a disabled SPI is not delivered");
    tap_ok(gic_get(GIC_ISPENDR, SPI_A), "ISPENDR shows it pending");
    gic_set(GIC_ICPENDR, SPI_A);
    tap_ok(!gic_get(GIC_ISPENDR, SPI_A), "ICPENDR takes it back");
    gic_enable(SPI_A);
    expect_none("what was taken back does not come");
    gic_set(GIC_ISPENDR, SPI_A);
    expect_and_end(SPI_A, "an enabled SPI is delivered");
    expect_none("once");
    tap_ok(!gic_get(GIC_ISPENDR, SPI_A), "and is no longer pending");
}

static void test_active(void)
{
    gic_set(GIC_ISPENDR, SPI_A);
    expect(SPI_A, "an SPI to be active");
    tap_ok(gic_get(GIC_ISACTIVER, SPI_A), "ISACTIVER shows it");
    gic_set(GIC_ISPENDR, SPI_A);
    expect_none("pending again while active: not delivered");
    gic_end(SPI_A);
    expect_and_end(SPI_A, "after the end of interrupt it is");
    tap_ok(!gic_get(GIC_ISACTIVER, SPI_A), "and then is no longer active");
}

static void test_disable_while_active(void)
{
    gic_set(GIC_ISPENDR, SPI_A);
    expect(SPI_A, "an SPI to be disabled while active");
    gic_disable(SPI_A);
    gic_end(SPI_A);
    gic_set(GIC_ISPENDR, SPI_A);
    expect_none("disabled, it does not come again");
    gic_enable(SPI_A);
    expect_and_end(SPI_A, "enabled, it does");
    tap_ok(!gic_get(GIC_ISACTIVER, SPI_A), "nothing stays active");
}

static void test_priorities(void)
{
    gic_enable(SPI_B);
    gic_set_priority(SPI_B, GIC_PRIORITY_HIGH);
    gic_set(GIC_ISPENDR, SPI_A);
    gic_set(GIC_ISPENDR, SPI_B);
    expect_and_end(SPI_B, "of two the one with priority comes first");
    expect_and_end(SPI_A, "then the other");
    gic_set(GIC_ISPENDR, SPI_A);
    expect(SPI_A, "an interrupt to be preempted");
    gic_set(GIC_ISPENDR, SPI_B);
    expect(SPI_B, "a higher priority preempts");
    tap_is(read_sysreg(ICC_RPR_EL1), GIC_PRIORITY_HIGH, "ICC_RPR shows the running priority");
    gic_end(SPI_B);
    tap_is(read_sysreg(ICC_RPR_EL1), GIC_PRIORITY, "and the one below after its end");
    gic_end(SPI_A);
    gic_set_priority(SPI_B, GIC_PRIORITY_LOWER);
    gic_set(GIC_ISPENDR, SPI_A);
    expect(SPI_A, "an interrupt not to be preempted");
    gic_set(GIC_ISPENDR, SPI_B);
    expect_none("a lower priority waits");
    gic_end(SPI_A);
    expect_and_end(SPI_B, "until the end of interrupt");
}

static void test_mask(void)
{
    write_sysreg(ICC_PMR_EL1, GIC_PRIORITY);
    gic_set(GIC_ISPENDR, SPI_B);
    expect_none("ICC_PMR holds back a low priority");
    write_sysreg(ICC_PMR_EL1, PMR_ALL);
    expect_and_end(SPI_B, "opened, it comes");
    gic_set_priority(SPI_B, GIC_PRIORITY);
}

static void test_split_end(void)
{
    write_sysreg(ICC_CTLR_EL1, EOI_MODE_1);
    gic_set(GIC_ISPENDR, SPI_A);
    expect(SPI_A, "EOI mode 1: an SPI");
    gic_end(SPI_A);
    gic_set(GIC_ISPENDR, SPI_A);
    expect_none("EOIR drops the priority, the SPI stays active");
    gic_set(GIC_ISPENDR, SPI_B);
    expect(SPI_B, "another of the same priority comes meanwhile");
    gic_end(SPI_B);
    write_sysreg(ICC_DIR_EL1, SPI_B);
    write_sysreg(ICC_DIR_EL1, SPI_A);
    expect(SPI_A, "DIR deactivates, so it comes again");
    gic_end(SPI_A);
    write_sysreg(ICC_DIR_EL1, SPI_A);
    write_sysreg(ICC_CTLR_EL1, 0);
    expect_none("nothing is left over");
}

/* More than any number of list registers, the most important last. */
static void test_crowd(void)
{
    unsigned in_order = 0;

    for (uint32_t i = 0; i < CROWD; i++) {
        gic_set_edge(SPI_FIRST + i, true);
        gic_set_priority(SPI_FIRST + i, (uint8_t)(0xd0 - 0x10 * i));
        gic_enable(SPI_FIRST + i);
    }
    for (uint32_t i = 0; i < CROWD; i++) {
        gic_set(GIC_ISPENDR, SPI_FIRST + i);
    }
    for (uint32_t i = CROWD; i > 0; i--) {
        uint32_t intid = gic_wait(1000);

        in_order += intid == SPI_FIRST + i - 1;
        if (intid < GIC_SPECIAL) {
            gic_end(intid);
        }
    }
    tap_is(in_order, CROWD, "twelve at once come by priority");
    expect_none("and no more");
}

/* All active at the same time, each preempting the one before. */
static void test_nesting(void)
{
    unsigned nested = 0;

    for (uint32_t i = 0; i < 6; i++) {
        gic_set(GIC_ISPENDR, SPI_FIRST + 2 * i);
        nested += gic_wait(1000) == SPI_FIRST + 2 * i;
    }
    tap_is(nested, 6, "six interrupts active at once, each preempting the one before");
    for (uint32_t i = 6; i > 0; i--) {
        gic_end(SPI_FIRST + 2 * (i - 1));
    }
    gic_set(GIC_ISPENDR, SPI_FIRST);
    expect_and_end(SPI_FIRST, "after their ends the lowest comes again");
    for (uint32_t i = 0; i < 6; i++) {
        tap_ok(!gic_get(GIC_ISACTIVER, SPI_FIRST + 2 * i), "none stays active");
    }
}

#define UARTIMSC (UART_BASE + 0x38)
#define UARTICR  (UART_BASE + 0x44)
#define TXIM     (1u << 5)

/* The UART's interrupt is the board's own, linked to the virtual one: each end must reach both. */
static void test_device(void)
{
    unsigned seen = 0;

    gic_set_edge(INTID_UART, false);
    gic_enable(INTID_UART);
    for (int i = 0; i < 3; i++) {
        uint32_t intid;

        write32(UARTIMSC, TXIM);
        tap_note("a character to make the transmit interrupt rise", (uint64_t)i);
        intid = gic_wait(1000);
        seen += intid == INTID_UART;
        write32(UARTIMSC, 0);
        write32(UARTICR, TXIM);
        if (intid < GIC_SPECIAL) {
            gic_end(intid);
        }
        expect_none("quiet after the end of interrupt");
    }
    tap_is(seen, 3, "the UART's interrupt came three times");
}

int main(uint64_t dtb)
{
    (void)dtb;
    gic_init();
    gic_init_cpu();
    test_identity();
    test_readback();
    test_sgi();
    test_pending();
    test_active();
    test_disable_while_active();
    test_priorities();
    test_mask();
    test_split_end();
    test_crowd();
    test_nesting();
    test_device();
    return 0;
}
