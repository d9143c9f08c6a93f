/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vgic_machine.h"

#include <CUnit/Basic.h>
#include <string.h>

struct vgic gic;
struct vgic_cpu cpus[MODEL_CPUS];
struct ich ichs[MODEL_CPUS];
uint32_t kicked;
unsigned now_on;
bool physical_active[PB_VGIC_INTIDS];

uint64_t vgic_hw_lr(unsigned i)
{
    return ichs[now_on].lr[i];
}

void vgic_hw_set_lr(unsigned i, uint64_t value)
{
    ichs[now_on].lr[i] = value;
}

uint32_t vgic_hw_empty(void)
{
    uint32_t empty = 0;

    for (unsigned i = 0; i < VGIC_LRS; i++) {
        uint64_t lr = ichs[now_on].lr[i];

        if (!(lr & (LR_PENDING | LR_ACTIVE)) && ((lr & LR_HW) || !(lr & LR_EOI))) {
            empty |= 1u << i;
        }
    }
    return empty;
}

unsigned vgic_hw_eoi_count(void)
{
    return ichs[now_on].eoi_count;
}

void vgic_hw_set_hcr(uint32_t value)
{
    ichs[now_on].hcr = value;
    ichs[now_on].eoi_count = 0;
}

uint32_t vgic_hw_trap_dir(void)
{
    return ICH_TDIR;
}

bool vgic_hw_eoi_split(void)
{
    return ichs[now_on].split;
}

unsigned vgic_hw_threshold(void)
{
    const struct ich *h = &ichs[now_on];

    return h->depth ? h->running[h->depth - 1] : 0xf8;
}

bool vgic_hw_timer_due(uint32_t intid)
{
    (void)intid;
    return true;
}

void vgic_hw_deactivate(struct vgic_cpu *c, struct pirq irq)
{
    (void)c;
    CU_ASSERT_TRUE(physical_active[irq.intid]);
    physical_active[irq.intid] = false;
}

void vgic_hw_enable(struct pirq irq, bool on)
{
    (void)irq;
    (void)on;
}

void vgic_hw_route(struct vgic *g, struct pirq irq, unsigned index)
{
    (void)g;
    (void)irq;
    (void)index;
}

/* The maintenance interrupt's line (IHI 0069, ICH_MISR_EL2). */
static bool maintenance(const struct ich *h)
{
    unsigned valid = 0, pending = 0;

    for (unsigned i = 0; i < VGIC_LRS; i++) {
        valid += (h->lr[i] & (LR_PENDING | LR_ACTIVE)) != 0;
        pending += (h->lr[i] & (LR_PENDING | LR_ACTIVE)) == LR_PENDING;
    }
    return h->maintenance || ((h->hcr & ICH_UIE) && valid <= 1) ||
           ((h->hcr & ICH_NPIE) && !pending) || ((h->hcr & ICH_LRENPIE) && h->eoi_count);
}

/* Not the other way: what another vCPU has not let go of yet comes a round later. */
static void check_due(struct vgic_cpu *c)
{
    vgic_fold(c);
    CU_ASSERT_TRUE(!vgic_due(c) || model_best(c->index, vgic_hw_threshold()) != MODEL_NONE);
}

/*
 * EL2 runs where it was told to: by a kick, its own write, or a maintenance interrupt. Each second
 * time it folds the state first, as a WFI or a register access makes it.
 */
static void settle(void)
{
    static bool look;
    bool again = true;

    for (unsigned rounds = 0; again && rounds < 10; rounds++) {
        again = false;
        for (now_on = 0; now_on < MODEL_CPUS; now_on++) {
            if (!(kicked & VGIC_LOOK(now_on)) && !maintenance(&ichs[now_on])) {
                continue;
            }
            if (look || maintenance(&ichs[now_on])) {
                check_due(&cpus[now_on]);
            }
            look = !look;
            vgic_refill(&cpus[now_on]);
            ichs[now_on].maintenance = false;
            kicked = (kicked & ~VGIC_LOOK(now_on)) | gic.look;
            gic.look = 0;
            again = true;
        }
    }
    CU_ASSERT_FALSE(again);
    for (unsigned i = 0; i < MODEL_CPUS; i++) {
        CU_ASSERT_FALSE(cpus[i].dirty);
    }
}

void machine_look(unsigned self)
{
    kicked |= gic.look | VGIC_LOOK(self);
    gic.look = 0;
    settle();
}

void machine_acknowledge(unsigned cpu)
{
    struct ich *h = &ichs[cpu];
    unsigned best = VGIC_LRS, prio, threshold, intid;

    now_on = cpu;
    threshold = vgic_hw_threshold();
    prio = threshold;
    for (unsigned i = 0; i < VGIC_LRS; i++) {
        unsigned p = h->lr[i] >> 48 & 0xff;

        if ((h->lr[i] & (LR_PENDING | LR_ACTIVE)) == LR_PENDING && p < prio) {
            prio = p;
            best = i;
        }
    }
    if (best == VGIC_LRS) {
        CU_ASSERT_EQUAL(model_best(cpu, threshold), MODEL_NONE);
        return;
    }
    intid = LR_INTID(h->lr[best]);
    CU_ASSERT_TRUE(model_deliverable(cpu, intid));
    CU_ASSERT_EQUAL(prio, model_best(cpu, threshold));
    h->lr[best] = (h->lr[best] & ~LR_PENDING) | LR_ACTIVE;
    h->running[h->depth] = prio;
    h->taken[h->depth++] = intid;
    model_acknowledge(cpu, intid);
    settle();
}

void machine_end(unsigned cpu)
{
    struct ich *h = &ichs[cpu];
    unsigned intid, i;

    if (!h->depth) {
        return;
    }
    intid = h->taken[--h->depth];
    now_on = cpu;
    if (h->split) { /* the priority alone; the interrupt stays active until its DIR */
        return;
    }
    for (i = 0; i < VGIC_LRS; i++) {
        if (LR_INTID(h->lr[i]) == intid && (h->lr[i] & LR_ACTIVE)) {
            break;
        }
    }
    if (i == VGIC_LRS) {
        h->eoi_count += model_is_active(cpu, intid);
    } else {
        h->lr[i] &= ~LR_ACTIVE;
        if (h->lr[i] & LR_HW) {
            CU_ASSERT_TRUE(physical_active[intid]);
            physical_active[intid] = false;
        } else if ((h->lr[i] & LR_EOI) && !(h->lr[i] & LR_PENDING)) {
            h->maintenance = true;
        }
    }
    model_deactivate(cpu, intid);
    settle();
}

void machine_start(bool split)
{
    memset(&gic, 0, sizeof(gic));
    memset(cpus, 0, sizeof(cpus));
    memset(ichs, 0, sizeof(ichs));
    memset(physical_active, 0, sizeof(physical_active));
    kicked = 0;
    gic.cpus = MODEL_CPUS;
    for (unsigned i = 0; i < MODEL_CPUS; i++) {
        gic.cpu[i] = &cpus[i];
        cpus[i].gic = &gic;
        cpus[i].index = (uint8_t)i;
        ichs[i].split = split;
    }
    vgic_reset(&gic);
}
