/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "gic.h"

#define GICD_CTLR_RWP     (1u << 31)
#define GICD_CTLR_ON      0x12u /* ARE, EnableGrp1 */
#define GICR_WAKER_SLEEP  (1u << 1)
#define GICR_WAKER_ASLEEP (1u << 2)
#define FIRST_SPI         32u
#define SGI1R_SGI(n)      ((uint64_t)(n) << 24)
#define SGI1R_IRM         (1ull << 40)

static uint64_t sgi_frame(void)
{
    return GICR_BASE + cpu_number() * GICR_FRAMES + GICR_SGI;
}

static uint64_t bank(uint32_t intid)
{
    return intid < FIRST_SPI ? sgi_frame() : GICD_BASE;
}

static void wait_for_writes(void)
{
    while (read32(GICD_BASE + GICD_CTLR) & GICD_CTLR_RWP) {
        ;
    }
}

void gic_init(void)
{
    write32(GICD_BASE + GICD_CTLR, GICD_CTLR_ON);
    wait_for_writes();
    for (uint32_t intid = FIRST_SPI; intid < 96; intid++) {
        gic_set_priority(intid, GIC_PRIORITY);
    }
    for (uint32_t intid = FIRST_SPI; intid < 96; intid += 32) {
        write32(GICD_BASE + GIC_IGROUPR + intid / 8, ~0u);
    }
}

void gic_init_cpu(void)
{
    uint64_t waker = GICR_BASE + cpu_number() * GICR_FRAMES + GICR_WAKER;

    write32(waker, read32(waker) & ~GICR_WAKER_SLEEP);
    while (read32(waker) & GICR_WAKER_ASLEEP) {
        ;
    }
    write32(sgi_frame() + GIC_IGROUPR, ~0u);
    for (uint32_t intid = 0; intid < FIRST_SPI; intid++) {
        gic_set_priority(intid, GIC_PRIORITY);
    }
    icc_enable(0xf0);
}

bool gic_get(uint32_t offset, uint32_t intid)
{
    return read32(bank(intid) + offset + intid / 32 * 4) >> intid % 32 & 1;
}

void gic_set(uint32_t offset, uint32_t intid)
{
    write32(bank(intid) + offset + intid / 32 * 4, 1u << intid % 32);
    __asm__ volatile("dsb sy" ::: "memory");
}

void gic_set_priority(uint32_t intid, uint8_t priority)
{
    write8(bank(intid) + GIC_IPRIORITYR + intid, priority);
}

uint8_t gic_get_priority(uint32_t intid)
{
    uint32_t word = read32(bank(intid) + GIC_IPRIORITYR + (intid & ~3u));

    return (uint8_t)(word >> intid % 4 * 8);
}

void gic_set_edge(uint32_t intid, bool edge)
{
    uint64_t address = bank(intid) + GIC_ICFGR + intid / 16 * 4;
    uint32_t bit = 2u << intid % 16 * 2;
    uint32_t word = read32(address);

    write32(address, edge ? word | bit : word & ~bit);
}

void gic_enable(uint32_t intid)
{
    gic_set(GIC_ISENABLER, intid);
}

void gic_disable(uint32_t intid)
{
    gic_set(GIC_ICENABLER, intid);
    wait_for_writes();
}

uint32_t gic_acknowledge(void)
{
    uint32_t intid = icc_iar1();

    __asm__ volatile("dsb sy" ::: "memory");
    return intid;
}

void gic_end(uint32_t intid)
{
    icc_eoir1(intid);
}

uint32_t gic_wait(uint64_t ms)
{
    uint64_t end = ticks() + ms_to_ticks(ms);
    uint32_t intid = gic_acknowledge();

    while (intid == GIC_SPURIOUS && ticks() < end) {
        relax();
        intid = gic_acknowledge();
    }
    return intid;
}

void gic_send_sgi(uint32_t sgi, uint32_t targets)
{
    __asm__ volatile("dsb sy" ::: "memory");
    icc_sgi1r(SGI1R_SGI(sgi) | targets);
}

void gic_send_sgi_others(uint32_t sgi)
{
    __asm__ volatile("dsb sy" ::: "memory");
    icc_sgi1r(SGI1R_SGI(sgi) | SGI1R_IRM);
}
