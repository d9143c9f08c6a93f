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
#define PRIORITY_URGENT 0x40u
#define MASK_NONE       0xffu
#define MASK_NOT_URGENT 0x80u
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

static bool open; /* interrupts can be acknowledged, and none is taken as an exception */

/* INTID + 1 of the one that is being handled, 0: none. A handler that faults does not return. */
static KEPT unsigned active;

static void finish(unsigned intid)
{
    CPU_WRITE(S3_0_C12_C12_1, intid); /* ICC_EOIR1_EL1 */
    cpu_isb();
    active = 0;
}

static void set_mask(unsigned priority)
{
    CPU_WRITE(S3_0_C4_C6_0, priority); /* ICC_PMR_EL1 */
    cpu_isb();
}

static void open_all(void)
{
    if (!open) {
        cpu_mask_irq();
        set_mask(MASK_NONE);
        open = true;
    }
}

static void only_urgent(void)
{
    set_mask(MASK_NOT_URGENT);
    open = false;
    cpu_unmask_irq();
}

static void cpu_interface_init(void)
{
    CPU_WRITE(S3_0_C12_C12_5, 1); /* ICC_SRE_EL1.SRE */
    cpu_isb();
    set_mask(MASK_NOT_URGENT);
    CPU_WRITE(S3_0_C12_C12_7, 1); /* ICC_IGRPEN1_EL1 */
    cpu_isb();
    if (active) {
        finish(active - 1);
    }
    cpu_unmask_irq();
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

static void enable(unsigned intid, bool edge, unsigned priority)
{
    const uintptr_t frame = intid < 32 ? irq.gicr + GICR_SGI : irq.gicd;
    const uint32_t bit = 1u << (intid % 32);
    const uintptr_t group = frame + GIC_IGROUPR + intid / 32 * 4;
    const uintptr_t config = frame + GIC_ICFGR + intid / 16 * 4;
    const uint32_t is_edge = 2u << (intid % 16 * 2);

    reg_write(group, reg_read(group) | bit);
    reg_write8(frame + GIC_IPRIORITYR + intid, (uint8_t)priority);
    if (intid >= 32) {
        const uint64_t route = CPU_READ(mpidr_el1) & AFFINITY_FIELDS;

        reg_write(config, edge ? reg_read(config) | is_edge : reg_read(config) & ~is_edge);
        *(volatile uint64_t *)(irq.gicd + GICD_IROUTER + intid * 8) = route;
    }
    reg_write(frame + GIC_ISENABLER + intid / 32 * 4, bit);
}

void irq_enable(unsigned intid, bool edge, irq_handler *handler, void *owner)
{
    irq.of[intid].handler = handler;
    irq.of[intid].owner = owner;
    enable(intid, edge, PRIORITY);
}

void irq_enable_urgent(unsigned intid)
{
    enable(intid, false, PRIORITY_URGENT);
}

/* The priority of the one that is active keeps all but urgent ones away. */
static void handle(unsigned intid)
{
    if (intid < IRQ_INTIDS && irq.of[intid].handler) {
        cpu_unmask_irq();
        irq.of[intid].handler(irq.of[intid].owner);
        cpu_mask_irq();
    }
}

void irq_wait(void)
{
    open_all();
    cpu_wfi();
}

void irq_dispatch(void)
{
    open_all();
    for (unsigned count = 0; count < BATCH; count++) {
        const unsigned intid = (unsigned)CPU_READ(S3_0_C12_C12_0) & 0xffffff; /* ICC_IAR1_EL1 */

        if (intid >= SPURIOUS) {
            break;
        }
        active = intid + 1;
        __asm__ volatile("dsb sy" : : : "memory");
        handle(intid);
        finish(intid);
    }
    only_urgent();
}
