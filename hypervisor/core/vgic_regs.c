/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Virtual GICv3: registers of the distributor and redistributors (Arm IHI 0069, 12). */
#include "vgic.h"

#define GICD_CTLR    0x0000u
#define GICD_TYPER   0x0004u
#define GICD_IIDR    0x0008u
#define GIC_BITMAPS  0x0080u /* IGROUPR .. ICACTIVER, 0x80 each */
#define GIC_PRIORITY 0x0400u
#define GIC_PRIO_END 0x0800u
#define GIC_ICFGR    0x0c00u
#define GIC_ICFG_END 0x0d00u
#define GICD_IROUTER 0x6000u
#define GIC_PIDR2    0xffe8u
#define GICR_TYPER   0x0008u
#define GICR_WAKER   0x0014u
#define GICR_SGI     0x10000u

#define CTLR_GROUPS 3u
#define CTLR_FIXED  0x50u /* DS, ARE */
#define CTLR_RWP    (1u << 31)
#define TYPER       ((VGIC_WORDS - 1) | 9u << 19 | 1u << 25) /* 10 bits of INTID, no 1 of N */
#define IIDR        0x43bu                                   /* implementer Arm */
#define PIDR2_V3    0x30u
#define WAKER_SLEEP 2u
#define PRIO_MASK   0xf8u
#define NO_WORD     UINT32_MAX
#define SGI_CONFIG  0xffffu /* SGIs are always edge triggered */

enum bitmap { GROUP = 1, ENABLE, DISABLE, PEND, UNPEND, ACTIVATE, DEACTIVATE };

static void hw_enable(struct vgic *g, unsigned word, uint32_t bits, bool on)
{
    for (unsigned i = 0; word && i < 32; i++) {
        if ((bits >> i & 1) && g->pintid[32 * word + i]) {
            vgic_hw_enable(g->pintid[32 * word + i], on);
        }
    }
}

static uint32_t bitmap_read(const struct vgic_bank *b, enum bitmap which)
{
    switch (which) {
    case GROUP:
        return b->group;
    case ENABLE:
    case DISABLE:
        return b->enable;
    case PEND:
    case UNPEND:
        return vgic_pending(b);
    default:
        return b->active;
    }
}

static void bitmap_write(struct vgic_cpu *c, unsigned word, enum bitmap which, uint32_t bits)
{
    struct vgic_bank *b = vgic_bank(c, word);

    switch (which) {
    case GROUP:
        b->group = bits;
        break;
    case ENABLE:
        hw_enable(c->gic, word, bits & ~b->enable, true);
        b->enable |= bits;
        break;
    case DISABLE:
        hw_enable(c->gic, word, bits & b->enable, false);
        b->enable &= ~bits;
        break;
    case PEND:
        b->latch |= bits;
        break;
    case UNPEND:
        vgic_clear_pending(c, word, bits);
        break;
    case ACTIVATE:
        b->active |= bits;
        for (unsigned i = 0; i < 32; i++) {
            if (bits >> i & 1) {
                c->gic->active_on[32 * word + i] = c->index;
            }
        }
        break;
    default:
        vgic_clear_active(c, word, bits);
    }
}

/* ICFGR has two bits per interrupt, the upper one says edge; a register is half a word. */
static uint32_t config_read(const struct vgic_bank *b, unsigned half)
{
    uint32_t edge = b->edge >> (16 * half), value = 0;

    for (unsigned i = 0; i < 16; i++) {
        value |= (edge >> i & 1) << (2 * i + 1);
    }
    return value;
}

static void config_write(struct vgic_bank *b, unsigned half, uint32_t value, uint32_t fixed)
{
    uint32_t edge = 0, change = (0xffffu << (16 * half)) & ~fixed;

    for (unsigned i = 0; i < 16; i++) {
        edge |= (value >> (2 * i + 1) & 1) << (16 * half + i);
    }
    b->edge = (b->edge & ~change) | (edge & change);
}

/*
 * The registers that a distributor has for words 1 .. and a redistributor for word 0: the word
 * that one at offset is about, NO_WORD if it is not one of them.
 */
static unsigned find_word(bool redist, uint32_t offset)
{
    unsigned first = redist ? 0 : 1, count = redist ? 1 : VGIC_WORDS - 1;
    unsigned word = (offset - GIC_ICFGR) / 8;

    if (offset < GIC_BITMAPS) {
        return NO_WORD;
    }
    if (offset < GIC_PRIORITY) {
        word = (offset & 0x7f) / 4;
    } else if (offset < GIC_PRIO_END) {
        word = (offset - GIC_PRIORITY) / 32;
    }
    return word - first < count ? word : NO_WORD;
}

static uint64_t common_read(struct vgic_cpu *c, bool redist, uint32_t offset, unsigned size)
{
    unsigned word = find_word(redist, offset);
    const struct vgic_bank *b;
    uint64_t value = 0;

    if (word == NO_WORD) {
        return offset == GIC_PIDR2 ? PIDR2_V3 : 0;
    }
    b = vgic_bank(c, word);
    if (offset < GIC_PRIORITY) {
        return bitmap_read(b, (enum bitmap)(offset >> 7));
    }
    if (offset >= GIC_ICFGR) {
        return config_read(b, offset / 4 & 1);
    }
    for (unsigned i = 0; i < size; i++) {
        value |= (uint64_t)b->prio[(offset + i) % 32] << (8 * i);
    }
    return value;
}

static void common_write(struct vgic_cpu *c, bool redist, uint32_t offset, unsigned size,
                         uint64_t value)
{
    unsigned word = find_word(redist, offset);
    struct vgic_bank *b;

    if (word == NO_WORD) {
        return;
    }
    b = vgic_bank(c, word);
    if (offset < GIC_PRIORITY) {
        bitmap_write(c, word, (enum bitmap)(offset >> 7), (uint32_t)value);
    } else if (offset >= GIC_ICFGR) {
        config_write(b, offset / 4 & 1, (uint32_t)value, word ? 0 : SGI_CONFIG);
    } else {
        for (unsigned i = 0; i < size; i++) {
            b->prio[(offset + i) % 32] = value >> (8 * i) & PRIO_MASK;
        }
    }
}

/* IROUTER: Aff0 is the vCPU, the other levels are 0. The low word decides; of the high one Aff3
 * must be 0. */
static uint64_t route_read(const struct vgic *g, uint32_t offset)
{
    uint32_t intid = (offset - GICD_IROUTER) / 8;

    if (intid < 32 || intid >= PB_VGIC_INTIDS || (offset & 4)) {
        return 0;
    }
    return g->route[intid];
}

static void route_write(struct vgic *g, uint32_t offset, uint64_t value)
{
    uint32_t intid = (offset - GICD_IROUTER) / 8;

    if (intid < 32 || intid >= PB_VGIC_INTIDS || (offset & 4)) {
        return;
    }
    g->route[intid] = value < g->cpus ? (uint8_t)value : VGIC_NOWHERE;
    if (g->pintid[intid] && value < g->cpus) {
        vgic_hw_route(g, g->pintid[intid], (unsigned)value);
    }
}

uint64_t vgic_dist_read(struct vgic_cpu *c, uint32_t offset, unsigned size)
{
    const struct vgic *g = c->gic;

    if (offset == GICD_CTLR) {
        return g->ctlr | CTLR_FIXED | (g->settling ? CTLR_RWP : 0);
    }
    if (offset == GICD_TYPER) {
        return TYPER;
    }
    if (offset == GICD_IIDR) {
        return IIDR;
    }
    if (offset >= GICD_IROUTER && offset < 0x8000) {
        return route_read(g, offset);
    }
    return common_read(c, false, offset, size);
}

void vgic_dist_write(struct vgic_cpu *c, uint32_t offset, unsigned size, uint64_t value)
{
    struct vgic *g = c->gic;

    if (offset == GICD_CTLR) {
        g->ctlr = value & CTLR_GROUPS;
    } else if (offset >= GICD_IROUTER && offset < 0x8000) {
        route_write(g, offset, value);
    } else {
        common_write(c, false, offset, size, value);
    }
    vgic_changed(g);
}

static uint64_t typer(const struct vgic_cpu *r)
{
    bool last = r->index + 1u == r->gic->cpus;

    return (uint64_t)r->index << 32 | (uint64_t)r->index << 8 | (last ? 1u << 4 : 0);
}

uint64_t vgic_redist_read(struct vgic_cpu *r, uint32_t offset, unsigned size)
{
    if (offset >= GICR_SGI) {
        return common_read(r, true, offset - GICR_SGI, size);
    }
    switch (offset) {
    case 0x4:
        return IIDR;
    case GICR_TYPER:
        return typer(r);
    case GICR_TYPER + 4:
        return typer(r) >> 32;
    case GICR_WAKER:
        return r->asleep ? 3 * WAKER_SLEEP : 0;
    case GIC_PIDR2:
        return PIDR2_V3;
    default:
        return 0;
    }
}

void vgic_redist_write(struct vgic_cpu *r, uint32_t offset, unsigned size, uint64_t value)
{
    if (offset >= GICR_SGI) {
        common_write(r, true, offset - GICR_SGI, size, value);
    } else if (offset == GICR_WAKER) {
        r->asleep = value & WAKER_SLEEP;
    }
    vgic_touch(r);
}
