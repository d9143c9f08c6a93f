/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Virtual GICv3: registers of the distributor and redistributors (Arm IHI 0069, 12). */
#include "vgic/vgic.h"

#define GICD_CTLR      0x0000u
#define GICD_TYPER     0x0004u
#define GICD_IIDR      0x0008u
#define GIC_BITMAPS    0x0080u /* IGROUPR .. ICACTIVER, 0x80 each */
#define GIC_PRIORITY   0x0400u
#define GIC_PRIO_END   0x0800u
#define GIC_ICFGR      0x0c00u
#define GICD_IROUTER   0x6000u
#define GIC_PIDR2      0xffe8u
#define GICD_ROUTE_END 0x8000u
#define GICR_IIDR      0x0004u
#define GICR_TYPER     0x0008u
#define GICR_WAKER     0x0014u
#define GICR_SGI       0x10000u

#define CTLR_FIXED  0x50u /* DS, ARE */
#define CTLR_RWP    (1u << 31)
#define TYPER       ((VGIC_WORDS - 1) | 9u << 19 | 1u << 25) /* 10 bits of INTID, no 1 of N */
#define IIDR        0x43bu                                   /* implementer Arm */
#define TYPER_LAST  (1u << 4)
#define PIDR2_V3    0x30u
#define WAKER_SLEEP 2u
#define PRIO_MASK   0xf8u
#define NO_WORD     UINT32_MAX
#define SGI_CONFIG  0xffffu /* SGIs are always edge triggered */

/* By offset / 0x80; by half of that the first words of a struct vgic_bank. */
enum bitmap { GROUP = 1, ENABLE, DISABLE, PEND, UNPEND, ACTIVATE, DEACTIVATE };

static void hw_enable(struct vgic *g, unsigned word, uint32_t bits, bool on)
{
    for (unsigned i = 0; word && i < 32; i++) {
        if ((bits >> i & 1) && g->pintid[32 * word + i]) {
            vgic_hw_enable((struct pirq){g->pintid[32 * word + i]}, on);
        }
    }
}

static void bitmap_write(struct vgic_cpu *c, struct vgic_bank *b, unsigned word, enum bitmap which,
                         uint32_t bits)
{
    switch (which) {
    case GROUP:
        b->group = bits;
        break;
    case ENABLE:
    case DISABLE:
        bits &= which == ENABLE ? ~b->enable : b->enable;
        b->enable ^= bits;
        hw_enable(c->gic, word, bits, which == ENABLE);
        break;
    case PEND:
        b->latch |= bits;
        break;
    case ACTIVATE:
        b->active |= bits;
        while (bits) {
            c->gic->active_on[32 * word + vgic_take_bit(&bits)] = c->index;
        }
        break;
    default: /* UNPEND, DEACTIVATE */
        vgic_clear(c, word, bits, which == DEACTIVATE);
    }
}

/* An access to one register: what it reads, and what is written if `write`. */
struct access {
    uint32_t offset;
    uint8_t size; /* bytes */
    bool write;
    uint64_t value;
};

static uint64_t bitmap(struct vgic_cpu *c, struct vgic_bank *b, unsigned word,
                       const struct access *a)
{
    enum bitmap which = (enum bitmap)(a->offset >> 7);
    uint32_t value = which / 2 == PEND / 2 ? vgic_pending(b) : (&b->group)[which / 2];

    if (which >= PEND) {
        value |= b->resident & (&b->lr_latch)[which / 2 - PEND / 2];
    }
    if (a->write) {
        bitmap_write(c, b, word, which, (uint32_t)a->value);
    }
    return value;
}

/* ICFGR has two bits per interrupt, the upper one says edge; a register is half a word. */
static uint64_t config(struct vgic_bank *b, uint32_t fixed, const struct access *a)
{
    uint32_t bit = a->offset & 4 ? 1u << 16 : 1, value = 0;

    for (unsigned i = 1; i < 32; i += 2, bit <<= 1) {
        value |= (b->edge & bit ? 1u : 0) << i;
        if (a->write && (bit & ~fixed)) {
            b->edge = a->value >> i & 1 ? b->edge | bit : b->edge & ~bit;
        }
    }
    return value;
}

static uint64_t priority(struct vgic_bank *b, const struct access *a)
{
    uint8_t *prio = &b->prio[a->offset % 32];
    uint64_t value = 0;

    for (unsigned i = 0; i < a->size; i++) {
        value |= (uint64_t)prio[i] << (8 * i);
        if (a->write) {
            prio[i] = a->value >> (8 * i) & PRIO_MASK;
        }
    }
    return value;
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

static uint64_t common(struct vgic_cpu *c, bool redist, const struct access *a)
{
    unsigned word = find_word(redist, a->offset);
    struct vgic_bank *b;

    if (word == NO_WORD) {
        return a->offset == GIC_PIDR2 ? PIDR2_V3 : 0;
    }
    b = c->bank[word];
    if (a->offset < GIC_PRIORITY) {
        return bitmap(c, b, word, a);
    }
    return a->offset < GIC_PRIO_END ? priority(b, a) : config(b, word ? 0 : SGI_CONFIG, a);
}

/* IROUTER: Aff0 is the vCPU, the other levels are 0. The low word decides; of the high one Aff3
 * must be 0. */
static uint64_t route(struct vgic *g, const struct access *a)
{
    uint32_t intid = (a->offset - GICD_IROUTER) / 8;
    uint64_t value;

    if (intid < 32 || intid >= PB_VGIC_INTIDS || (a->offset & 4)) {
        return 0;
    }
    value = g->route[intid];
    if (a->write) {
        g->route[intid] = a->value < g->cpus ? (uint8_t)a->value : VGIC_NOWHERE;
        if (g->pintid[intid] && a->value < g->cpus) {
            vgic_hw_route(g, (struct pirq){g->pintid[intid]}, (unsigned)a->value);
        }
    }
    return value;
}

static uint64_t distributor(struct vgic_cpu *c, const struct access *a)
{
    struct vgic *g = c->gic;
    uint64_t value =
        (g->forward[0] & 1) | (g->forward[1] & 2) | CTLR_FIXED | (g->settling.any ? CTLR_RWP : 0);

    switch (a->offset) {
    case GICD_CTLR:
        if (a->write) {
            g->forward[0] = -((uint32_t)a->value & 1);
            g->forward[1] = -((uint32_t)a->value >> 1 & 1);
        }
        return value;
    case GICD_TYPER:
        return TYPER;
    case GICD_IIDR:
        return IIDR;
    }
    if (a->offset >= GICD_IROUTER && a->offset < GICD_ROUTE_END) {
        return route(g, a);
    }
    return common(c, false, a);
}

static uint64_t redistributor(struct vgic_cpu *r, struct access *a)
{
    uint64_t typer = (uint64_t)r->index << 32 | (uint64_t)r->index << 8 |
                     (r->index + 1u == r->gic->cpus ? TYPER_LAST : 0);
    uint64_t value = r->asleep ? 3 * WAKER_SLEEP : 0;

    if (a->offset >= GICR_SGI) {
        a->offset -= GICR_SGI;
        return common(r, true, a);
    }
    switch (a->offset) {
    case GICR_IIDR:
        return IIDR;
    case GICR_TYPER:
        return typer;
    case GICR_TYPER + 4:
        return typer >> 32;
    case GICR_WAKER:
        if (a->write) {
            r->asleep = a->value & WAKER_SLEEP;
        }
        return value;
    case GIC_PIDR2:
        return PIDR2_V3;
    default:
        return 0;
    }
}

void vgic_ask(struct vgic_cpu *c, bool redist)
{
    if (redist) {
        vgic_touch(c);
    } else {
        vgic_changed(c->gic);
    }
}

uint64_t vgic_register(struct vgic_cpu *c, bool redist, uint32_t offset, unsigned size, bool write,
                       uint64_t value)
{
    struct access a = {offset, (uint8_t)size, write, value};
    uint64_t read = redist ? redistributor(c, &a) : distributor(c, &a);

    if (write) {
        vgic_ask(c, redist);
    }
    return read;
}
