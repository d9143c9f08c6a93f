/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Virtual GICv3: which interrupts are in the list registers (Arm IHI 0069, 11). */
#include "vgic/vgic.h"

#define TIMER_PPIS (1u << 27 | 1u << 30)
/* What is more urgent has a lower key: priority, KEY_PENDING, INTID */
#define KEY_NONE       UINT32_MAX
#define KEY_PENDING    (1u << 15) /* of equal priority the active one first */
#define KEY_INTID(key) ((key)&0x3ff)
#define CHOICES        (VGIC_LRS + 1)

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

static void fold_lr(struct vgic_cpu *c, uint64_t lr)
{
    uint32_t intid = LR_INTID(lr);
    struct vgic_bank *b = c->bank[intid / 32];
    uint32_t bit = 1u << (intid % 32);

    b->resident &= ~bit;
    if (lr & LR_PENDING) {
        b->latch |= b->lr_latch & ~b->unpend & bit;
    }
    if ((lr & LR_ACTIVE) && !(b->unactive & bit)) {
        b->active |= bit;
        c->gic->active_on[intid] = c->index;
    }
    b->unpend &= ~bit;
    b->unactive &= ~bit;
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

/* Into a list, which ascends and then has only KEY_NONE. */
static void insert(uint32_t list[CHOICES], uint32_t key)
{
    for (unsigned i = 0; i < CHOICES && key != KEY_NONE; i++) {
        if (key < list[i]) {
            uint32_t t = list[i];

            list[i] = key;
            key = t;
        }
    }
}

/*
 * The most urgent ones first: of those that are due on c, if `pending`, and of its active ones that
 * are in no list register, if `active`. One more than there are list registers.
 */
static void choose(struct vgic_cpu *c, bool pending, bool active, uint32_t list[CHOICES])
{
    for (unsigned i = 0; i < CHOICES; i++) {
        list[i] = KEY_NONE;
    }
    for (unsigned w = 0; w < VGIC_WORDS; w++) {
        struct vgic_bank *b = c->bank[w];
        uint32_t act = 0, bits = 0;

        if (vgic_idle(b)) {
            continue;
        }
        if (active) {
            act = mine(c, w, b->active & ~b->resident, c->gic->active_on);
        }
        if (pending) {
            bits = mine(c, w, vgic_deliverable(c->gic, b), c->gic->route);
        }
        bits |= act;
        while (bits) {
            unsigned i = vgic_take_bit(&bits);

            insert(list,
                   (uint32_t)b->prio[i] << 16 | (act >> i & 1 ? 0 : KEY_PENDING) | (32 * w + i));
        }
    }
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
        uint32_t list[CHOICES];

        choose(c, false, true, list);
        if (list[0] == KEY_NONE) {
            break;
        }
        vgic_clear(c, KEY_INTID(list[0]) / 32, 1u << (list[0] % 32), true);
    }
    while (used) {
        fold_lr(c, vgic_hw_lr(vgic_take_bit(&used)));
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

static uint64_t make_lr(struct vgic_cpu *c, uint32_t intid)
{
    struct vgic_bank *b = c->bank[intid / 32];
    uint32_t bit = 1u << (intid % 32);
    uint32_t active = b->active & bit, latch = b->latch & bit, hw = b->hw & bit;
    uint64_t lr = intid | LR_PRIO(b->prio[intid % 32]) | (b->group & bit ? LR_GROUP1 : 0);
    bool here = intid < 32 || c->gic->route[intid] == c->index;

    b->resident |= bit;
    b->active &= ~bit;
    b->lr_active = (b->lr_active & ~bit) | active;
    b->lr_latch = (b->lr_latch & ~bit) | latch;
    /* Not to be pending before this EOI: elsewhere, with HW, or disabled meanwhile. */
    if (active && (!here || (latch && (hw || !(vgic_open(c->gic, b) & bit))))) {
        return lr | LR_ACTIVE | LR_EOI;
    }
    lr |= active ? LR_ACTIVE : LR_PENDING;
    if (latch) {
        lr |= LR_PENDING;
        b->latch &= ~bit;
    }
    if (hw) {
        lr |= LR_HW | LR_PINTID(c->gic->pintid[intid]);
        b->hw &= ~bit;
    } else if (b->line & ~b->edge & bit) {
        lr |= LR_EOI; /* a level still up at EOI is pending again */
    }
    return lr;
}

/* Puts it into a free list register; true: pending, and not active, as NPIE counts. */
static bool fill(struct vgic_cpu *c, unsigned slot, uint32_t intid)
{
    uint64_t lr = make_lr(c, intid);

    c->used |= (uint8_t)(1u << slot);
    vgic_hw_set_lr(slot, lr);
    return lr >> 62 == 1;
}

/* Private interrupts that have ended leave their list registers. */
static void retire(struct vgic_cpu *c)
{
    uint32_t ended = c->used & vgic_hw_empty();

    while (ended) {
        unsigned i = vgic_take_bit(&ended);
        uint32_t intid = LR_INTID(vgic_hw_lr(i));

        if (intid < 32) {
            c->used ^= (uint8_t)(1u << i);
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
        fill(c, slot, vgic_take_bit(&bits));
    }
    c->dirty = 0;
    return true;
}

/*
 * With EOImode 1 every deactivation is a trapped write of ICC_DIR_EL1, so active
 * interrupts need no list register; with EOImode 0 the EOI must find them there.
 */
static void flush(struct vgic_cpu *c)
{
    uint32_t list[CHOICES];
    uint32_t hcr = ICH_EN | vgic_hw_trap_dir();
    bool any_pending = false;

    c->dirty = 0;
    c->folded = false;
    recheck_timers(c);
    choose(c, true, !vgic_hw_eoi_split(), list);
    for (unsigned i = 0; i < VGIC_LRS && (list[i] != KEY_NONE || c->stale >> i); i++) {
        if (list[i] == KEY_NONE) {
            vgic_hw_set_lr(i, 0);
        } else {
            any_pending |= fill(c, i, KEY_INTID(list[i]));
        }
    }
    c->stale = 0;
    c->crowded = list[VGIC_LRS] != KEY_NONE;
    if (c->crowded) {
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
    uint32_t list[CHOICES];

    recheck_timers(c);
    choose(c, true, false, list);
    return list[0] >> 16 < vgic_hw_threshold(); /* so is not KEY_NONE */
}
