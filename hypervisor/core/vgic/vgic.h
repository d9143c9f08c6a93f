/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Virtual GICv3 (Arm IHI 0069), no ITS, no LPI, one security state (GICD_CTLR.DS = 1), affinity
 * routing always on, 5 priority bits. Pure logic: what touches the machine is in the vgic_hw_*
 * functions at the end, which tests replace.
 *
 * State is one bit per interrupt. An interrupt that is due on a vCPU is in a list register while
 * the vCPU runs ("resident") and is folded back into the bitmaps when EL2 looks at it: vgic_fold,
 * change, vgic_refill. Pending latch, active state and HW link of a resident interrupt live in the
 * list register, so that a change meanwhile is not lost. A reader must first make the vCPU that
 * holds it fold its list registers (vgic_reads_state).
 *
 * Callers hold the VM's lock. vgic_fold, vgic_refill, vgic_due and vgic_dir only on the CPU where
 * the vCPU is loaded.
 */
#ifndef VGIC_VGIC_H
#define VGIC_VGIC_H

#include <stdbool.h>
#include <stdint.h>

#include <phonebooth/table.h>

#include "cpu/pirq.h"

#define VGIC_WORDS (PB_VGIC_INTIDS / 32)
#define VGIC_LRS   4 /* list registers used; every GICv3 of ours has them */

/* ICH_LR<n>_EL2 */
#define LR_PENDING   (1ull << 62)
#define LR_ACTIVE    (1ull << 63)
#define LR_HW        (1ull << 61)
#define LR_GROUP1    (1ull << 60)
#define LR_EOI       (1ull << 41) /* maintenance interrupt at EOI; only without HW */
#define LR_PRIO(p)   ((uint64_t)(p) << 48)
#define LR_PINTID(p) ((uint64_t)(p) << 32)
#define LR_INTID(lr) ((uint32_t)(lr))

/* ICH_HCR_EL2 */
#define ICH_EN      (1u << 0)
#define ICH_UIE     (1u << 1)
#define ICH_LRENPIE (1u << 2)
#define ICH_NPIE    (1u << 3)
#define ICH_TC      (1u << 10)
#define ICH_TDIR    (1u << 14)

/* vgic.look, a bit for each vCPU */
typedef uint32_t vgic_mask;
#define VGIC_LOOK(index) (1u << (index))
#define VGIC_BYTES       0x0101010101010101ull

/* 32 interrupts. */
struct vgic_bank {
    uint32_t group; /* 1: group 1. The first four are in the order of their registers */
    uint32_t enable;
    uint32_t latch; /* pending: an edge, ISPENDR, or the physical one fired */
    uint32_t active;
    uint32_t line;     /* level at the input */
    uint32_t edge;     /* configured edge triggered */
    uint32_t hw;       /* the physical interrupt is active and owed a deactivation */
    uint32_t resident; /* in a list register, where also its latch, active and hw are now */
    uint32_t lr_latch; /* resident ones: the latch went along; was active when it was put there */
    uint32_t lr_active;
    uint32_t unpend;   /* to be done when it is folded: pending was cleared, */
    uint32_t unactive; /* active was cleared */
    uint8_t prio[32];
} __attribute__((aligned(128)));

struct vgic;

/* vgic_cpu.dirty */
#define VGIC_NEW 1u /* private interrupts have become pending, nothing else */
#define VGIC_ALL 2u /* anything may have changed */

struct vgic_cpu {
    struct vgic *gic;
    struct vgic_bank *bank[VGIC_WORDS]; /* its own, then those of the SPIs */
    struct vgic_bank ppi;
    uint8_t index;
    uint8_t used;  /* bit i: list register i has been filled */
    uint8_t stale; /* bit i: list register i holds what is no longer meant */
    uint8_t dirty; /* VGIC_NEW, VGIC_ALL: vgic_refill before the guest goes on */
    bool crowded;  /* some found no list register */
    bool folded;   /* the list registers' content has been taken */
    bool asleep;   /* GICR_WAKER.ProcessorSleep */
};

struct vgic {
    uint32_t forward[2]; /* GICD_CTLR: group enables, 0 or all ones */
    union {
        uint8_t of[PB_MAX_VM_VCPUS]; /* vCPUs that have not yet looked since that one's access */
        uint64_t any;                /* GICD_CTLR.RWP */
    } settling;
    /*
     * The vCPUs that a change concerns. The caller wakes those that sleep, makes those that run
     * leave the guest to look again, and clears it. A superfluous bit does no harm.
     */
    vgic_mask look;
    struct vgic_bank spi[VGIC_WORDS - 1];
    uint8_t route[PB_VGIC_INTIDS];     /* vCPU, VGIC_NOWHERE: no such affinity */
    uint8_t active_on[PB_VGIC_INTIDS]; /* vCPU that took it */
    /* Kept by a reset. */
    unsigned cpus;
    struct vgic_cpu *cpu[PB_MAX_VM_VCPUS];
    uint16_t pintid[PB_VGIC_INTIDS]; /* physical interrupt linked to it, 0: none */
};

#define VGIC_NOWHERE 0xff

/* Reset values: all off, group 0, priority 0, SPIs to vCPU 0. `pintid` and `cpu` are kept. */
void vgic_reset(struct vgic *g);

/* List registers to bitmaps; a second time without effect. vgic_refill must follow. */
void vgic_fold(struct vgic_cpu *c);

/*
 * The list registers hold the VGIC_LRS most urgent. If all that happened is a new private
 * interrupt and there is room, the others stay where they are.
 */
void vgic_refill(struct vgic_cpu *c);

/* Something is due on c that its CPU interface would signal. Folded state only. */
bool vgic_due(struct vgic_cpu *c);

/* Enabled and forwarded, so that a timer with this INTID can wake the vCPU. */
bool vgic_enabled(const struct vgic_cpu *c, uint32_t intid);

/* The physical interrupt linked to a private INTID of c, which is loaded on this CPU, fired and was
 * priority dropped. */
void vgic_ppi_fired(struct vgic_cpu *c, uint32_t intid);

/*
 * The same, without lock and refill: its list register still has it from last time. False: not so,
 * vgic_ppi_fired is to be called. Nothing that it depends on can have changed since, otherwise c
 * would be dirty; a change that another CPU is about to make comes after this interrupt.
 */
bool vgic_ppi_again(struct vgic_cpu *c, uint32_t intid);

/* The same as vgic_ppi_fired for an SPI. */
void vgic_spi_fired(struct vgic *g, uint32_t intid);

/* Level at the input of an SPI: 0, 1, or 2: a pulse. intid in 32..PB_VGIC_INTIDS-1. */
void vgic_spi_line(struct vgic *g, uint32_t intid, unsigned level);

/* ICC_SGI1R_EL1 (group 1) or ICC_SGI0R_EL1 (group 0) written by c. */
void vgic_sgi(struct vgic_cpu *c, uint64_t value, bool group1);

/* ICC_DIR_EL1 written by c; its state is folded. */
void vgic_dir(struct vgic_cpu *c, uint32_t intid);

/*
 * An access of c, which is folded, to the distributor, or to the redistributor of c: returns what
 * it reads. size in bytes, offset a multiple of it.
 */
uint64_t vgic_register(struct vgic_cpu *c, bool redist, uint32_t offset, unsigned size, bool write,
                       uint64_t value);

/* The register at offset shows what may be in the list registers of a vCPU that runs. */
static inline bool vgic_reads_state(bool redist, uint32_t offset)
{
    return (offset & ~0x1ffu) == (redist ? 0x10200 : 0x200);
}

/* Those whose list registers it shows have to look: c, or, of the distributor's, all. */
void vgic_ask(struct vgic_cpu *c, bool redist);

/* Shared by vgic.c, vgic_lr.c and vgic_regs.c. */
/* What is due on c, on any vCPU, on the one that an SPI goes to, may have changed. */
void vgic_touch(struct vgic_cpu *c);
void vgic_changed(struct vgic *g);
void vgic_touch_target(struct vgic *g, uint32_t intid);
/* Deactivate the physical interrupt if it is owed. */
void vgic_release_hw(struct vgic_cpu *c, struct vgic_bank *b, uint32_t intid);
/* Interrupts of a word are no longer active, or pending. */
void vgic_clear(struct vgic_cpu *c, unsigned word, uint32_t bits, bool active);

/* Number of the lowest bit, which is cleared; *mask is not 0. */
__attribute__((always_inline)) static inline unsigned vgic_take_bit(uint32_t *mask)
{
    unsigned i = (unsigned)__builtin_ctz(*mask);

    *mask &= *mask - 1;
    return i;
}

/* Pending at the distributor, whether or not it is enabled. */
static inline uint32_t vgic_pending(const struct vgic_bank *b)
{
    return b->latch | (b->line & ~b->edge);
}

/* Enabled, and its group forwarded. */
static inline uint32_t vgic_open(const struct vgic *g, const struct vgic_bank *b)
{
    return b->enable & ((b->group & g->forward[1]) | (~b->group & g->forward[0]));
}

/* Pending, open, and not with a vCPU already. */
static inline uint32_t vgic_deliverable(const struct vgic *g, const struct vgic_bank *b)
{
    return vgic_pending(b) & vgic_open(g, b) & ~b->active & ~b->resident;
}

/* Neither pending nor active, all 32 of them: the usual word. */
static inline bool vgic_idle(const struct vgic_bank *b)
{
    return !(b->latch | b->line | b->active);
}

/* The machine: vgic_hw.c, or a test. */
uint64_t vgic_hw_lr(unsigned i);
void vgic_hw_set_lr(unsigned i, uint64_t value);
uint32_t vgic_hw_empty(void);         /* ICH_ELRSR_EL2: list registers whose interrupt has ended */
unsigned vgic_hw_eoi_count(void);     /* ICH_HCR_EL2.EOIcount */
void vgic_hw_set_hcr(uint32_t value); /* also clears EOIcount */
uint32_t vgic_hw_trap_dir(void);      /* ICH_TDIR; ICH_TC if the CPU has no TDIR */
void vgic_hw_init(void);              /* all list registers are empty; once, on each CPU */
bool vgic_hw_eoi_split(void);         /* ICH_VMCR_EL2.VEOIM of the loaded vCPU */
unsigned vgic_hw_running(void);       /* running priority; 256: none */
unsigned vgic_hw_threshold(void); /* only priorities below are signalled: VPMR, running priority */
bool vgic_hw_timer_due(uint32_t intid); /* output of the loaded vCPU's timer 27 or 30 */
void vgic_hw_deactivate(struct vgic_cpu *c, struct pirq irq);
void vgic_hw_enable(struct pirq irq, bool on);
void vgic_hw_route(struct vgic *g, struct pirq irq, unsigned index);

#endif
