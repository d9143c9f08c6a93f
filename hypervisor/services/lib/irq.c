/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* GICv3: distributor, redistributor, CPU interface. Arm IHI 0069, chapter 12. */
#include "el1/irq.h"
#include "el1/cpu.h"
#include "el1/kept.h"

#define GICD_CTLR       0x0000u
#define GICD_CTLR_RWP   (1u << 31)
#define GICD_CTLR_ARE   (1u << 4)
#define GICD_CTLR_GRP1  (1u << 1)
#define GICD_IROUTER    0x6000u
#define GICR_WAKER      0x0014u
#define WAKER_SLEEP     (1u << 1)
#define WAKER_ASLEEP    (1u << 2)
#define GICR_SGI        0x10000u /* second frame: INTIDs 0..31, offsets as the distributor's */
#define GIC_IGROUPR     0x0080u
#define GIC_ISENABLER   0x0100u
#define GIC_IPRIORITYR  0x0400u
#define GIC_ICFGR       0x0c00u
#define PRIORITY        0xa0u
#define SPURIOUS        1020u /* and above */
#define BATCH           32u
#define AFFINITY_FIELDS 0xff00ffffffull

static struct {
    uintptr_t gicd;
    uintptr_t gicr;
    struct {
        irq_handler *handler;
        void *owner;
    } of[IRQ_INTIDS];
} irq;

/* INTID + 1 of the one that is being handled, 0: none. A handler that faults does not return. */
static KEPT unsigned active;

static void finish(unsigned intid)
{
    CPU_WRITE(S3_0_C12_C12_1, intid); /* ICC_EOIR1_EL1 */
    cpu_isb();
    active = 0;
}

static void cpu_interface_init(void)
{
    CPU_WRITE(S3_0_C12_C12_5, 1); /* ICC_SRE_EL1.SRE */
    cpu_isb();
    CPU_WRITE(S3_0_C4_C6_0, 0xff); /* ICC_PMR_EL1: all priorities */
    CPU_WRITE(S3_0_C12_C12_7, 1);  /* ICC_IGRPEN1_EL1 */
    cpu_isb();
    if (active) {
        finish(active - 1);
    }
}

void irq_init(uintptr_t gicd, uintptr_t gicr)
{
    irq.gicd = gicd;
    irq.gicr = gicr;
    reg_write(gicr + GICR_WAKER, reg_read(gicr + GICR_WAKER) & ~WAKER_SLEEP);
    while (reg_read(gicr + GICR_WAKER) & WAKER_ASLEEP) {
        ;
    }
    reg_write(gicd + GICD_CTLR, GICD_CTLR_ARE | GICD_CTLR_GRP1);
    while (reg_read(gicd + GICD_CTLR) & GICD_CTLR_RWP) {
        ;
    }
    cpu_interface_init();
}

void irq_enable(unsigned intid, bool edge, irq_handler *handler, void *owner)
{
    const uintptr_t frame = intid < 32 ? irq.gicr + GICR_SGI : irq.gicd;
    const uint32_t bit = 1u << (intid % 32);
    const uintptr_t group = frame + GIC_IGROUPR + intid / 32 * 4;
    const uintptr_t config = frame + GIC_ICFGR + intid / 16 * 4;
    const uint32_t is_edge = 2u << (intid % 16 * 2);

    irq.of[intid].handler = handler;
    irq.of[intid].owner = owner;
    reg_write(group, reg_read(group) | bit);
    reg_write8(frame + GIC_IPRIORITYR + intid, PRIORITY);
    if (intid >= 32) {
        const uint64_t route = CPU_READ(mpidr_el1) & AFFINITY_FIELDS;

        reg_write(config, edge ? reg_read(config) | is_edge : reg_read(config) & ~is_edge);
        *(volatile uint64_t *)(irq.gicd + GICD_IROUTER + intid * 8) = route;
    }
    reg_write(frame + GIC_ISENABLER + intid / 32 * 4, bit);
}

unsigned irq_dispatch(void)
{
    for (unsigned count = 0; count < BATCH; count++) {
        const unsigned intid = (unsigned)CPU_READ(S3_0_C12_C12_0) & 0xffffff; /* ICC_IAR1_EL1 */

        if (intid >= SPURIOUS) {
            return count;
        }
        active = intid + 1;
        __asm__ volatile("dsb sy" : : : "memory");
        if (intid < IRQ_INTIDS && irq.of[intid].handler) {
            irq.of[intid].handler(irq.of[intid].owner);
        }
        finish(intid);
    }
    return BATCH;
}
