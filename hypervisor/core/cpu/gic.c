/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "cpu/gic.h"
#include "cpu/pcpu.h"

#define GICD_CTLR       0x0000u
#define GICD_TYPER      0x0004u
#define GICD_IGROUPR    0x0080u
#define GICD_ISENABLER  0x0100u
#define GICD_ICENABLER  0x0180u
#define GICD_ICPENDR    0x0280u
#define GICD_ISACTIVER  0x0300u
#define GICD_ICACTIVER  0x0380u
#define GICD_IPRIORITYR 0x0400u
#define GICD_ICFGR      0x0c00u
#define GICD_IROUTER    0x6000u
#define GICD_CTLR_ON    0x12u /* ARE, group 1 */
#define GICD_CTLR_RWP   BIT(31)

#define GICR_WAKER        0x0014u
#define GICR_WAKER_SLEEP  BIT(1)
#define GICR_WAKER_ASLEEP BIT(2)
#define GICR_STRIDE       0x20000u
#define GICR_SGI          0x10000u /* frame of SGIs and PPIs: GICD's layout */

#define SGI1R_IRM BIT(40) /* all but this one */

#define PRIORITY 0xa0a0a0a0u

static volatile uint32_t *reg(uint64_t base, uint32_t offset)
{
    return (volatile uint32_t *)(base + offset);
}

static uint64_t redistributor(unsigned n)
{
    return TABLE->gicr + (uint64_t)n * GICR_STRIDE;
}

/* 32 interrupts at word w of a distributor or a redistributor's SGI frame: off, group 1. */
static void init_word(uint64_t base, unsigned w)
{
    *reg(base, GICD_ICENABLER + 4 * w) = ~0u;
    *reg(base, GICD_ICPENDR + 4 * w) = ~0u;
    *reg(base, GICD_ICACTIVER + 4 * w) = ~0u;
    *reg(base, GICD_IGROUPR + 4 * w) = ~0u;
    for (unsigned i = 0; i < 8; i++) {
        *reg(base, GICD_IPRIORITYR + 32 * w + 4 * i) = PRIORITY;
    }
}

void gic_init_distributor(void)
{
    uint64_t d = TABLE->gicd;
    unsigned words = (*reg(d, GICD_TYPER) & 31) + 1;

    *reg(d, GICD_CTLR) = 0;
    while (*reg(d, GICD_CTLR) & GICD_CTLR_RWP) {
    }
    for (unsigned w = 1; w < words; w++) {
        init_word(d, w);
    }
    *reg(d, GICD_CTLR) = GICD_CTLR_ON;
}

void gic_init_cpu(void)
{
    uint64_t r = redistributor(this_pcpu()->id);

    *reg(r, GICR_WAKER) &= (uint32_t)~GICR_WAKER_SLEEP;
    while (*reg(r, GICR_WAKER) & GICR_WAKER_ASLEEP) {
    }
    init_word(r + GICR_SGI, 0);
    *reg(r + GICR_SGI, GICD_ISENABLER) =
        (uint32_t)(BIT(SGI_RESCHED) | BIT(SGI_EXIT) | BIT(INTID_MAINTENANCE) | BIT(INTID_CNTHP) |
                   BIT(INTID_CNTV) | BIT(INTID_CNTP));
    sysreg_write(icc_sre_el2, 0x7); /* system registers; EL1 has them too, and no choice */
    isb();
    sysreg_write(icc_sre_el1, 0x7);
    sysreg_write(icc_pmr_el1, 0xff);
    sysreg_write(icc_ctlr_el1, BIT(1)); /* EOImode: drop and deactivate apart */
    sysreg_write(icc_igrpen1_el1, 1);
    isb();
}

__attribute__((noinline)) void gic_kick(unsigned n, unsigned sgi)
{
    count(PB_STAT_KICK);
    dsb(ishst); /* what the kick tells of is visible first */
    sysreg_write(icc_sgi1r_el1, TABLE->sgi1r[n] | (uint64_t)sgi << 24);
    isb();
}

void gic_kick_others(void)
{
    dsb(ishst);
    sysreg_write(icc_sgi1r_el1, SGI1R_IRM | SGI_RESCHED << 24);
    isb();
}

void gic_spi_enable(struct pirq spi, bool on)
{
    *reg(TABLE->gicd, (on ? GICD_ISENABLER : GICD_ICENABLER) + 4 * (spi.intid / 32)) =
        1u << (spi.intid % 32);
}

void gic_spi_quiet(struct pirq spi)
{
    uint32_t word = 4 * (spi.intid / 32), bit = 1u << (spi.intid % 32);

    *reg(TABLE->gicd, GICD_ICENABLER + word) = bit;
    *reg(TABLE->gicd, GICD_ICPENDR + word) = bit;
    *reg(TABLE->gicd, GICD_ICACTIVER + word) = bit;
}

void gic_spi_route(struct pirq spi, uint64_t mpidr)
{
    *(volatile uint64_t *)(TABLE->gicd + GICD_IROUTER + 8 * spi.intid) = mpidr;
}

void gic_spi_edge(struct pirq spi, bool edge)
{
    volatile uint32_t *cfg = reg(TABLE->gicd, GICD_ICFGR + 4 * (spi.intid / 16));
    uint32_t bit = 2u << (spi.intid % 16 * 2);

    *cfg = edge ? *cfg | bit : *cfg & ~bit;
}

__attribute__((noinline)) void gic_ppi_active(unsigned n, uint32_t mask, bool active)
{
    *reg(redistributor(n) + GICR_SGI, active ? GICD_ISACTIVER : GICD_ICACTIVER) = mask;
    dsb(sy);
}
