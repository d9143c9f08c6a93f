/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Virtual GICv3: which interrupts are in the list registers (Arm IHI 0069, 11). */
#include "vgic.h"

#define TIMER_PPIS  (1u << 27 | 1u << 30)
#define KEY_NONE    UINT32_MAX
#define KEY_PENDING (1u << 15) /* of equal priority the active one first */

/* Those of `bits` of a word that are this vCPU's, by a table of vCPU per INTID. */
static uint32_t mine(const struct vgic_cpu *c, unsigned word, uint32_t bits, const uint8_t *owner)
{
    uint32_t out = 0;

    if (word == 0) {
        return bits;
    }
    while (bits) {
        unsigned i = vgic_take_bit(&bits);

        if (owner[32 * word + i] == c->index) {
            out |= 1u << i;
        }
    }
    return out;
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
        vgic_release_hw(c, b, intid);
    }
    if (intid >= 32 && c->gic->route[intid] != c->index && (vgic_deliverable(c->gic, b) & bit)) {
        vgic_touch_target(c->gic, intid);
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
            unsigned i = vgic_take_bit(&bits);
            uint32_t key = (uint32_t)b->prio[i] << 16 | (32 * w + i);

            best = key < best ? key : best;
        }
    }
    return best;
}

void vgic_fold(struct vgic_cpu *c)
{
    uint32_t used = c->used;
    unsigned eois;

    c->gic->settling.any &= ~(VGIC_BYTES << c->index);
    if (c->folded) {
        return;
    }
    c->folded = true;
    c->dirty = VGIC_ALL;
    /* Before the list registers are folded: their active ones are not meant. */
    for (eois = vgic_hw_eoi_count(); eois && !vgic_hw_eoi_split(); eois--) {
        uint32_t key = top_active(c);

        if (key == KEY_NONE) {
            break;
        }
        vgic_clear(c, vgic_bank(c, (key & 0x3ff) / 32), (key & 0x3ff) / 32, 1u << (key % 32), true);
    }
    while (used) {
        unsigned i = vgic_take_bit(&used);

        fold_lr(c, vgic_hw_lr(i), c->latched >> i & 1);
    }
    c->stale |= c->used;
    c->used = 0;
}

/* A timer that no longer asserts its line withdraws the interrupt, as a level would. */
static void recheck_timers(struct vgic_cpu *c)
{
    struct vgic_bank *b = &c->ppi;
    uint32_t bits = b->hw & b->latch & ~b->active & TIMER_PPIS;

    while (bits) {
        unsigned i = vgic_take_bit(&bits);

        if (!vgic_hw_timer_due(i)) {
            b->latch &= ~(1u << i);
            vgic_release_hw(c, b, i);
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
    struct vgic_bank *b = &c->ppi, *next = c->gic->spi;

    for (unsigned w = 0; w < VGIC_WORDS; w++, b = next++) {
        uint32_t pend, act;

        if (vgic_idle(b)) {
            continue;
        }
        pend = vgic_deliverable(c->gic, b);
        act = keep_active ? b->active & ~b->resident : 0;
        act = mine(c, w, act, c->gic->active_on);
        pend = mine(c, w, pend, c->gic->route) | act;
        while (pend) {
            unsigned i = vgic_take_bit(&pend);

            consider(ch,
                     (uint32_t)b->prio[i] << 16 | (act >> i & 1 ? 0 : KEY_PENDING) | (32 * w + i));
        }
    }
}

static void put(uint32_t *word, uint32_t bit, bool on)
{
    *word = on ? *word | bit : *word & ~bit;
}

static uint64_t make_lr(struct vgic_cpu *c, unsigned slot, uint32_t intid)
{
    struct vgic_bank *b = vgic_bank(c, intid / 32);
    uint32_t bit = 1u << (intid % 32);
    uint64_t lr = intid | LR_PRIO(b->prio[intid % 32]) | (b->group & bit ? LR_GROUP1 : 0);
    bool active = b->active & bit, latch = b->latch & bit, hw = b->hw & bit;
    bool here = intid < 32 || c->gic->route[intid] == c->index;

    b->resident |= bit;
    b->active &= ~bit;
    put(&b->lr_active, bit, active);
    put(&b->lr_latch, bit, latch);
    /* Not to be pending before this EOI: elsewhere, with HW, or disabled meanwhile. */
    if (active && (!here || (latch && (hw || !(vgic_open(c->gic, b) & bit))))) {
        return lr | LR_ACTIVE | LR_EOI;
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

/* Private interrupts that have ended leave their list registers. */
static void retire(struct vgic_cpu *c)
{
    uint32_t ended = c->used & vgic_hw_empty();

    while (ended) {
        unsigned i = vgic_take_bit(&ended);
        uint32_t intid = LR_INTID(vgic_hw_lr(i));

        if (intid < 32) {
            c->used &= (uint8_t) ~(1u << i);
            c->latched &= (uint8_t) ~(1u << i);
            c->ppi.resident &= ~(1u << intid);
        }
    }
}

/* New private interrupts take free list registers; false: that is not enough. */
static bool add_private(struct vgic_cpu *c)
{
    uint32_t bits;

    if (c->dirty != VGIC_NEW || c->crowded) {
        return false;
    }
    retire(c);
    if (c->ppi.latch & c->ppi.resident) {
        return false; /* once more, and the guest has not ended it yet */
    }
    bits = vgic_deliverable(c->gic, &c->ppi);
    while (bits) {
        unsigned slot = (unsigned)__builtin_ctz(~(uint32_t)c->used);

        if (slot >= VGIC_LRS) {
            return false;
        }
        vgic_hw_set_lr(slot, make_lr(c, slot, vgic_take_bit(&bits)));
        c->used |= (uint8_t)(1u << slot);
    }
    c->dirty = 0;
    return true;
}

static void flush(struct vgic_cpu *c)
{
    struct choice ch = {.key = {KEY_NONE, KEY_NONE, KEY_NONE, KEY_NONE}};
    uint32_t hcr = ICH_EN | ICH_TDIR;
    uint32_t stale;
    bool any_pending = false;

    c->dirty = 0;
    c->folded = false;
    c->latched = 0;
    recheck_timers(c);
    choose(c, &ch);
    for (unsigned i = 0; i < VGIC_LRS && ch.key[i] != KEY_NONE; i++) {
        uint64_t lr = make_lr(c, i, ch.key[i] & 0x3ff);

        any_pending |= (lr & (LR_PENDING | LR_ACTIVE)) == LR_PENDING; /* as NPIE counts */
        c->used |= (uint8_t)(1u << i);
        vgic_hw_set_lr(i, lr);
    }
    stale = c->stale & ~(uint32_t)c->used;
    while (stale) {
        vgic_hw_set_lr(vgic_take_bit(&stale), 0);
    }
    c->stale = 0;
    c->crowded = ch.overflow;
    if (ch.overflow) {
        hcr |= ICH_LRENPIE | (any_pending ? ICH_NPIE : ICH_UIE);
    }
    vgic_hw_set_hcr(hcr);
}

void vgic_refill(struct vgic_cpu *c)
{
    if (!add_private(c)) {
        vgic_fold(c);
        flush(c);
    }
}

bool vgic_due(struct vgic_cpu *c)
{
    unsigned threshold = vgic_hw_threshold();

    recheck_timers(c);
    for (unsigned w = 0; w < VGIC_WORDS; w++) {
        struct vgic_bank *b = vgic_bank(c, w);
        uint32_t bits = mine(c, w, vgic_deliverable(c->gic, b), c->gic->route);

        while (bits) {
            if (b->prio[vgic_take_bit(&bits)] < threshold) {
                return true;
            }
        }
    }
    return false;
}
