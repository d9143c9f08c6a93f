/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The CPU interfaces under the virtual GIC: list registers and priorities as IHI 0069, chapter
 * 11, has them, and EL2, which refills them only when something leads it there. Each step is
 * checked against vgic_model.h.
 */
#ifndef TESTS_VGIC_MACHINE_H
#define TESTS_VGIC_MACHINE_H

#include "hypervisor/core/vgic/vgic.h"
#include "vgic_model.h"

struct ich {
    uint64_t lr[VGIC_LRS];
    uint32_t hcr;
    unsigned eoi_count;
    bool maintenance; /* LR.EOI */
    bool split;
    unsigned running[40]; /* priorities, the last is the current one */
    unsigned taken[40];   /* INTIDs that go with them */
    unsigned depth;
};

extern struct vgic gic;
extern struct vgic_cpu cpus[MODEL_CPUS];
extern struct ich ichs[MODEL_CPUS];
extern uint32_t kicked; /* CPUs that EL2 was told to look at: VGIC_LOOK() */
extern unsigned now_on; /* the CPU whose registers vgic_hw_* mean */
extern bool physical_active[PB_VGIC_INTIDS];

/* Register accesses by their frames. */
static inline uint64_t vgic_dist_read(struct vgic_cpu *c, uint32_t offset, unsigned size)
{
    return vgic_register(c, false, offset, size, false, 0);
}

static inline void vgic_dist_write(struct vgic_cpu *c, uint32_t offset, unsigned size,
                                   uint64_t value)
{
    vgic_register(c, false, offset, size, true, value);
}

static inline uint64_t vgic_redist_read(struct vgic_cpu *c, uint32_t offset, unsigned size)
{
    return vgic_register(c, true, offset, size, false, 0);
}

static inline void vgic_redist_write(struct vgic_cpu *c, uint32_t offset, unsigned size,
                                     uint64_t value)
{
    vgic_register(c, true, offset, size, true, value);
}

/* All in reset; split: EOImode 1. */
void machine_start(bool split);

/* Those in gic.look look again, and so does the one that was in EL2 (MODEL_CPUS: none). */
void machine_look(unsigned self);

/* ICC_IAR1_EL1 is read; ICC_EOIR1_EL1 is written for what was taken last. */
void machine_acknowledge(unsigned cpu);
void machine_end(unsigned cpu);

#endif
