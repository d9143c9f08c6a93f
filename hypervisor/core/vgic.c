/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vgic.h"

#include <stddef.h>

#define TIMER_PPIS  (1u << 27 | 1u << 30)
#define SGI_RANGE   0xffffu
#define KEY_NONE    UINT32_MAX
#define KEY_PENDING (1u << 15) /* of equal priority the active one first */

struct vgic_bank *vgic_bank(struct vgic_cpu *c, unsigned word)
{
    return word ? &c->gic->spi[word - 1] : &c->ppi;
}

static unsigned take_bit(uint32_t *mask)
{
    unsigned i = (unsigned)__builtin_ctz(*mask);

    *mask &= *mask - 1;
    return i;
}

/* Pending at the distributor, whether or not anybody may see it. */
static uint32_t pending(const struct vgic_bank *b)
{
    return b->latch | (b->line & ~b->edge);
}

/* Pending, enabled, its group forwarded, and not with a vCPU already. */
static uint32_t deliverable(const struct vgic *g, const struct vgic_bank *b)
{
    uint32_t forwarded = (g->ctlr & 2 ? b->group : 0) | (g->ctlr & 1 ? ~b->group : 0);

    return pending(b) & b->enable & forwarded & ~b->active & ~b->resident;
}

/* Those of `bits` of a word that are this vCPU's, by a table of vCPU per INTID. */
static uint32_t mine(const struct vgic_cpu *c, unsigned word, uint32_t bits, const uint8_t *owner)
{
    uint32_t out = 0;

    if (word == 0) {
        return bits;
    }
    while (bits) {
        unsigned i = take_bit(&bits);

        if (owner[32 * word + i] == c->index) {
            out |= 1u << i;
        }
    }
    return out;
}

vgic_mask vgic_touch(struct vgic_cpu *c)
{
    c->dirty = true;
    return VGIC_LOOK(c->index);
}

/* The vCPU that an SPI goes to has to look. */
static vgic_mask touch_target(struct vgic *g, uint32_t intid)
{
    unsigned target = g->route[intid];

    return target < g->cpus ? vgic_touch(g->cpu[target]) : 0;
}

vgic_mask vgic_changed(struct vgic *g)
{
    vgic_mask mask = 0;

    for (unsigned i = 0; i < g->cpus; i++) {
        mask |= vgic_touch(g->cpu[i]);
    }
    return mask;
}

static void reset_bank(struct vgic_bank *b, uint32_t edge)
{
    *b = (struct vgic_bank){.edge = edge};
}

void vgic_reset(struct vgic *g)
{
    g->ctlr = 0;
    g->settling = 0;
    g->moved = 0;
    for (unsigned i = 0; i < VGIC_WORDS - 1; i++) {
        reset_bank(&g->spi[i], 0);
    }
    for (unsigned i = 0; i < PB_VGIC_INTIDS; i++) {
        g->route[i] = 0;
    }
    for (unsigned i = 0; i < g->cpus; i++) {
        struct vgic_cpu *c = g->cpu[i];

        reset_bank(&c->ppi, SGI_RANGE);
        c->used = 0;
        c->asleep = true;
        c->dirty = true;
        c->folded = true;
    }
}

static void deactivate_hw(struct vgic_cpu *c, struct vgic_bank *b, uint32_t intid)
{
    uint32_t bit = 1u << (intid % 32);

    if (b->hw & bit) {
        b->hw &= ~bit;
        vgic_hw_deactivate(c, c->gic->pintid[intid]);
    }
}

static void fold_lr(struct vgic_cpu *c, uint64_t lr, bool latched)
{
    uint32_t intid = LR_INTID(lr);
    struct vgic_bank *b = vgic_bank(c, intid / 32);
    uint32_t bit = 1u << (intid % 32);
    bool unpend = b->unpend & bit, unactive = b->unactive & bit;

    b->resident &= ~bit;
    b->unpend &= ~bit;
    b->unactive &= ~bit;
    b->active &= ~bit;
    if ((lr & LR_PENDING) && latched && !unpend) {
        b->latch |= bit;
    }
    if ((lr & LR_ACTIVE) && !unactive) {
        b->active |= bit;
        c->gic->active_on[intid] = c->index;
    }
    if ((lr & LR_HW) && (lr & (LR_PENDING | LR_ACTIVE))) {
        b->hw |= bit; /* otherwise the guest's EOI has done it */
    }
    if (!((b->latch | b->active) & bit)) {
        deactivate_hw(c, b, intid);
    }
    if (intid >= 32 && c->gic->route[intid] != c->index && (deliverable(c->gic, b) & bit)) {
        c->gic->moved |= touch_target(c->gic, intid);
    }
}

/* The most urgent active interrupt of c that is in no list register: the one that an EOI without
 * one ends. */
static uint32_t top_active(struct vgic_cpu *c)
{
    uint32_t best = KEY_NONE;

    for (unsigned w = 0; w < VGIC_WORDS; w++) {
        struct vgic_bank *b = vgic_bank(c, w);
        uint32_t bits = mine(c, w, b->active & ~b->resident, c->gic->active_on);

        while (bits) {
            unsigned i = take_bit(&bits);
            uint32_t key = (uint32_t)b->prio[i] << 16 | (32 * w + i);

            best = key < best ? key : best;
        }
    }
    return best;
}

void vgic_fold(struct vgic_cpu *c)
{
    unsigned eois;

    if (c->folded) {
        return;
    }
    c->folded = true;
    c->dirty = true;
    c->gic->settling &= ~VGIC_LOOK(c->index);
    /* Before the list registers are folded: their active ones are not meant. */
    for (eois = vgic_hw_eoi_count(); eois && !vgic_hw_eoi_split(); eois--) {
        uint32_t key = top_active(c);

        if (key == KEY_NONE) {
            break;
        }
        vgic_clear_active(c, (key & 0x3ff) / 32, 1u << (key % 32));
    }
    for (unsigned i = 0; i < c->used; i++) {
        fold_lr(c, vgic_hw_lr(i), c->latched >> i & 1);
    }
    c->used = 0;
}

/* A timer that no longer asserts its line withdraws the interrupt, as a level would. */
static void recheck_timers(struct vgic_cpu *c)
{
    struct vgic_bank *b = &c->ppi;
    uint32_t bits = b->hw & b->latch & ~b->active & TIMER_PPIS;

    while (bits) {
        unsigned i = take_bit(&bits);

        if (!vgic_hw_timer_due(i)) {
            b->latch &= ~(1u << i);
            deactivate_hw(c, b, i);
        }
    }
}

struct choice {
    uint32_t key[VGIC_LRS]; /* ascending: priority, KEY_PENDING, INTID */
    bool overflow;
};

static void consider(struct choice *ch, uint32_t key)
{
    for (unsigned i = 0; i < VGIC_LRS; i++) {
        if (key < ch->key[i]) {
            uint32_t t = ch->key[i];

            ch->key[i] = key;
            key = t;
        }
    }
    ch->overflow |= key != KEY_NONE;
}

/*
 * With EOImode 1 every deactivation is a trapped write of ICC_DIR_EL1, so active
 * interrupts need no list register; with EOImode 0 the EOI must find them there.
 */
static void choose(struct vgic_cpu *c, struct choice *ch)
{
    bool keep_active = !vgic_hw_eoi_split();

    for (unsigned w = 0; w < VGIC_WORDS; w++) {
        struct vgic_bank *b = vgic_bank(c, w);
        uint32_t pend = deliverable(c->gic, b);
        uint32_t act = keep_active ? b->active & ~b->resident : 0;

        if (!(pend | act)) {
            continue;
        }
        act = mine(c, w, act, c->gic->active_on);
        pend = mine(c, w, pend, c->gic->route) | act;
        while (pend) {
            unsigned i = take_bit(&pend);

            consider(ch,
                     (uint32_t)b->prio[i] << 16 | (act >> i & 1 ? 0 : KEY_PENDING) | (32 * w + i));
        }
    }
}

static uint64_t make_lr(struct vgic_cpu *c, unsigned slot, uint32_t intid)
{
    struct vgic_bank *b = vgic_bank(c, intid / 32);
    uint32_t bit = 1u << (intid % 32);
    uint64_t lr = intid | LR_PRIO(b->prio[intid % 32]) | (b->group & bit ? LR_GROUP1 : 0);
    bool active = b->active & bit, latch = b->latch & bit, hw = b->hw & bit;
    bool here = intid < 32 || c->gic->route[intid] == c->index;

    b->resident |= bit;
    if (active && latch && (hw || !here)) {
        return lr | LR_ACTIVE | LR_EOI; /* pending after this EOI: with HW, or elsewhere */
    }
    lr |= active ? LR_ACTIVE : LR_PENDING;
    if (latch) {
        lr |= LR_PENDING;
        b->latch &= ~bit;
        c->latched |= (uint8_t)(1u << slot);
    }
    if (hw) {
        lr |= LR_HW | LR_PINTID(c->gic->pintid[intid]);
        b->hw &= ~bit;
    } else if (b->line & ~b->edge & bit) {
        lr |= LR_EOI; /* a level still up at EOI is pending again */
    }
    return lr;
}

void vgic_flush(struct vgic_cpu *c)
{
    struct choice ch = {.key = {KEY_NONE, KEY_NONE, KEY_NONE, KEY_NONE}};
    uint32_t hcr = ICH_EN | ICH_TDIR;
    bool any_pending = false;

    c->dirty = false;
    c->folded = false;
    c->latched = 0;
    recheck_timers(c);
    choose(c, &ch);
    for (unsigned i = 0; i < VGIC_LRS; i++) {
        uint64_t lr = 0;

        if (ch.key[i] != KEY_NONE) {
            lr = make_lr(c, i, ch.key[i] & 0x3ff);
            any_pending |= (lr & LR_PENDING) != 0;
            c->used = (uint8_t)(i + 1);
        }
        vgic_hw_set_lr(i, lr);
    }
    if (ch.overflow) {
        hcr |= ICH_LRENPIE | (any_pending ? ICH_NPIE : ICH_UIE);
    }
    vgic_hw_set_hcr(hcr);
}

bool vgic_due(struct vgic_cpu *c)
{
    unsigned threshold = vgic_hw_threshold();

    recheck_timers(c);
    for (unsigned w = 0; w < VGIC_WORDS; w++) {
        struct vgic_bank *b = vgic_bank(c, w);
        uint32_t bits = mine(c, w, deliverable(c->gic, b), c->gic->route);

        while (bits) {
            if (b->prio[take_bit(&bits)] < threshold) {
                return true;
            }
        }
    }
    return false;
}

bool vgic_enabled(const struct vgic_cpu *c, uint32_t intid)
{
    uint32_t bit = 1u << intid;

    return (c->ppi.enable & bit) && (c->gic->ctlr & (c->ppi.group & bit ? 2 : 1));
}

void vgic_ppi_fired(struct vgic_cpu *c, uint32_t intid)
{
    c->ppi.latch |= 1u << intid;
    c->ppi.hw |= 1u << intid;
    c->dirty = true;
}

vgic_mask vgic_spi_fired(struct vgic *g, uint32_t intid)
{
    struct vgic_bank *b = &g->spi[intid / 32 - 1];

    b->latch |= 1u << (intid % 32);
    b->hw |= 1u << (intid % 32);
    return touch_target(g, intid);
}

vgic_mask vgic_spi_line(struct vgic *g, uint32_t intid, unsigned level)
{
    struct vgic_bank *b = &g->spi[intid / 32 - 1];
    uint32_t bit = 1u << (intid % 32);

    if (level == 2 || (level && (b->edge & ~b->line & bit))) {
        b->latch |= bit;
    }
    if (level == 1) {
        b->line |= bit;
    } else {
        b->line &= ~bit;
    }
    return touch_target(g, intid);
}

vgic_mask vgic_sgi(struct vgic_cpu *c, uint64_t value, bool group1)
{
    struct vgic *g = c->gic;
    uint32_t bit = 1u << (value >> 24 & 15);
    uint32_t targets = value & 0xffff;
    vgic_mask mask = 0;

    if (value >> 40 & 1) { /* IRM: all but the sender */
        targets = ~(1u << c->index);
    } else if (value & 0xfff0ff00ff0000) {
        return 0; /* RS, Aff3, Aff2 or Aff1 that nobody has */
    }
    for (unsigned i = 0; i < g->cpus; i++) {
        struct vgic_cpu *t = g->cpu[i];

        if ((targets >> i & 1) && !(t->ppi.group & bit) == !group1) {
            t->ppi.latch |= bit;
            mask |= vgic_touch(t);
        }
    }
    return mask;
}

void vgic_clear_pending(struct vgic_cpu *c, unsigned word, uint32_t bits)
{
    struct vgic_bank *b = vgic_bank(c, word);
    uint32_t gone = bits & b->latch & b->hw & ~b->active & ~b->resident;

    b->latch &= ~bits;
    b->unpend |= bits & b->resident;
    while (gone) {
        deactivate_hw(c, b, 32 * word + take_bit(&gone));
    }
}

void vgic_clear_active(struct vgic_cpu *c, unsigned word, uint32_t bits)
{
    struct vgic_bank *b = vgic_bank(c, word);
    uint32_t gone = bits & b->active & b->hw & ~b->latch & ~b->resident;

    b->active &= ~bits;
    b->unactive |= bits & b->resident;
    while (gone) {
        deactivate_hw(c, b, 32 * word + take_bit(&gone));
    }
}

vgic_mask vgic_dir(struct vgic_cpu *c, uint32_t intid)
{
    if (!vgic_hw_eoi_split() || intid >= PB_VGIC_INTIDS) {
        return 0;
    }
    vgic_clear_active(c, intid / 32, 1u << (intid % 32));
    return vgic_changed(c->gic);
}
