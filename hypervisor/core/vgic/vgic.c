/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vgic/vgic.h"

#define SGI_RANGE 0xffffu

void vgic_touch(struct vgic_cpu *c)
{
    c->dirty |= VGIC_ALL;
    c->gic->look |= VGIC_LOOK(c->index);
}

/* The vCPU that an SPI goes to has to look. */
void vgic_touch_target(struct vgic *g, uint32_t intid)
{
    unsigned target = g->route[intid];

    if (target < g->cpus) {
        vgic_touch(g->cpu[target]);
    }
}

void vgic_changed(struct vgic *g)
{
    for (unsigned i = 0; i < g->cpus; i++) {
        vgic_touch(g->cpu[i]);
    }
}

void vgic_reset(struct vgic *g)
{
    __builtin_memset(g, 0, __builtin_offsetof(struct vgic, cpus));
    for (unsigned i = 0; i < g->cpus; i++) {
        struct vgic_cpu *c = g->cpu[i];

        c->bank[0] = &c->ppi;
        for (unsigned w = 1; w < VGIC_WORDS; w++) {
            c->bank[w] = &g->spi[w - 1];
        }
        c->ppi = (struct vgic_bank){.edge = SGI_RANGE};
        c->used = 0;
        c->asleep = true;
        c->dirty = VGIC_ALL;
        c->folded = true;
    }
}

void vgic_release_hw(struct vgic_cpu *c, struct vgic_bank *b, uint32_t intid)
{
    uint32_t bit = 1u << (intid % 32);

    if (b->hw & bit) {
        b->hw &= ~bit;
        vgic_hw_deactivate(c, (struct pirq){c->gic->pintid[intid]});
    }
}

bool vgic_enabled(const struct vgic_cpu *c, uint32_t intid)
{
    return vgic_open(c->gic, &c->ppi) >> intid & 1;
}

void vgic_ppi_fired(struct vgic_cpu *c, uint32_t intid)
{
    c->ppi.latch |= 1u << intid;
    c->ppi.hw |= 1u << intid;
    c->dirty |= VGIC_NEW;
}

bool vgic_ppi_again(struct vgic_cpu *c, uint32_t intid)
{
    uint32_t ended = c->dirty || c->crowded ? 0 : c->used & vgic_hw_empty();

    while (ended) {
        unsigned i = vgic_take_bit(&ended);
        uint64_t lr = vgic_hw_lr(i);

        if (LR_INTID(lr) == intid && (lr & LR_HW)) {
            c->ppi.lr_latch |= 1u << intid;
            vgic_hw_set_lr(i, lr | LR_PENDING);
            return true;
        }
    }
    return false;
}

void vgic_spi_fired(struct vgic *g, uint32_t intid)
{
    struct vgic_bank *b = &g->spi[intid / 32 - 1];

    b->latch |= 1u << (intid % 32);
    b->hw |= 1u << (intid % 32);
    vgic_touch_target(g, intid);
}

void vgic_spi_line(struct vgic *g, uint32_t intid, unsigned level)
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
    vgic_touch_target(g, intid);
}

void vgic_sgi(struct vgic_cpu *c, uint64_t value, bool group1)
{
    struct vgic *g = c->gic;
    uint32_t bit = 1u << (value >> 24 & 15);
    uint32_t targets = value & 0xffff;

    if (value >> 40 & 1) { /* IRM: all but the sender */
        targets = ~(1u << c->index);
    } else if (value & 0xfff0ff00ff0000) {
        return; /* RS, Aff3, Aff2 or Aff1 that nobody has */
    }
    targets &= (1u << g->cpus) - 1;
    while (targets) {
        unsigned i = vgic_take_bit(&targets);
        struct vgic_cpu *t = g->cpu[i];

        if (!(t->ppi.group & bit) == !group1) {
            t->ppi.latch |= bit;
            t->dirty |= VGIC_NEW;
            g->look |= VGIC_LOOK(i);
        }
    }
}

void vgic_clear(struct vgic_cpu *c, unsigned word, uint32_t bits, bool active)
{
    struct vgic_bank *b = c->bank[word];
    uint32_t *state = active ? &b->active : &b->latch;
    uint32_t *resident = active ? &b->unactive : &b->unpend;
    uint32_t gone;

    *state &= ~bits;
    *resident |= bits & b->resident;
    gone = bits & b->hw & ~(b->latch | b->active | b->resident);
    while (gone) {
        vgic_release_hw(c, b, 32 * word + vgic_take_bit(&gone));
    }
}

void vgic_dir(struct vgic_cpu *c, uint32_t intid)
{
    if (!vgic_hw_eoi_split() || intid >= PB_VGIC_INTIDS) {
        return;
    }
    vgic_clear(c, intid / 32, 1u << (intid % 32), true);
    vgic_changed(c->gic);
}
