/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vgic_model.h"

#include <string.h>

#include <phonebooth/table.h>

struct irq {
    bool enable, latch, line, edge, active, owed;
    unsigned prio, route, taker;
};

static struct irq private[MODEL_CPUS][32];
static struct irq shared[PB_VGIC_INTIDS];

static struct irq *get(unsigned cpu, unsigned intid)
{
    return intid < 32 ? &private[cpu][intid] : &shared[intid];
}

static bool pending(const struct irq *q)
{
    return q->latch || (q->line && !q->edge);
}

void model_reset(void)
{
    memset(private, 0, sizeof(private));
    memset(shared, 0, sizeof(shared));
    for (unsigned cpu = 0; cpu < MODEL_CPUS; cpu++) {
        for (unsigned i = 0; i < 16; i++) {
            private[cpu][i].edge = true;
        }
    }
}

void model_config(unsigned word, uint32_t config)
{
    for (unsigned i = 0; word && i < 32; i++) {
        shared[32 * word + i].edge = config >> (i % 16 * 2 + 1) & 1;
    }
}

/* The physical interrupt is released when nothing of it is left to be done. */
static void release(struct irq *q)
{
    if (!q->latch && !q->active) {
        q->owed = false;
    }
}

void model_write(unsigned cpu, unsigned intid, uint32_t offset, uint32_t value)
{
    struct irq *q = get(cpu, intid);

    if (offset >= 0x6000) {
        q->route = value;
    } else if (offset >= 0x400) {
        q->prio = value;
    } else if (offset >= 0x280) {
        q->latch = false;
        release(q);
    } else if (offset >= 0x200) {
        q->latch = true;
    } else if (offset >= 0x180) {
        q->enable = false;
    } else if (offset >= 0x100) {
        q->enable = true;
    }
}

void model_sgi(unsigned cpu, uint64_t value)
{
    for (unsigned i = 0; i < MODEL_CPUS; i++) {
        if (value >> 40 & 1 ? i != cpu : value >> i & 1) {
            private[i][value >> 24 & 15].latch = true;
        }
    }
}

void model_line(unsigned intid, unsigned level)
{
    struct irq *q = &shared[intid];

    if (level == 2 || (level == 1 && q->edge && !q->line)) {
        q->latch = true;
    }
    q->line = level == 1;
}

void model_fired(unsigned intid)
{
    shared[intid].latch = true;
    shared[intid].owed = true;
}

void model_acknowledge(unsigned cpu, unsigned intid)
{
    struct irq *q = get(cpu, intid);

    q->latch = false;
    q->active = true;
    q->taker = cpu;
}

void model_deactivate(unsigned cpu, unsigned intid)
{
    struct irq *q = get(cpu, intid);

    q->active = false;
    release(q);
}

bool model_deliverable(unsigned cpu, unsigned intid)
{
    const struct irq *q = get(cpu, intid);

    return q->enable && pending(q) && !q->active && (intid < 32 || q->route == cpu);
}

unsigned model_best(unsigned cpu, unsigned threshold)
{
    unsigned best = MODEL_NONE;

    for (unsigned i = 0; i < PB_VGIC_INTIDS; i++) {
        unsigned prio = get(cpu, i)->prio;

        if (model_deliverable(cpu, i) && prio < threshold && prio < best) {
            best = prio;
        }
    }
    return best;
}

bool model_is_active(unsigned cpu, unsigned intid)
{
    return get(cpu, intid)->active;
}

unsigned model_any_active(unsigned cpu, unsigned from)
{
    for (unsigned n = 0; n < PB_VGIC_INTIDS; n++) {
        unsigned i = (from + n) % PB_VGIC_INTIDS;
        const struct irq *q = get(cpu, i);

        if (q->active && q->taker == cpu) {
            return i;
        }
    }
    return MODEL_NONE;
}

bool model_owed(unsigned intid)
{
    return shared[intid].owed;
}

uint32_t model_pending(unsigned cpu, unsigned word)
{
    uint32_t bits = 0;

    for (unsigned i = 0; i < 32; i++) {
        bits |= (uint32_t)pending(get(cpu, 32 * word + i)) << i;
    }
    return bits;
}

uint32_t model_active(unsigned cpu, unsigned word)
{
    uint32_t bits = 0;

    for (unsigned i = 0; i < 32; i++) {
        bits |= (uint32_t)get(cpu, 32 * word + i)->active << i;
    }
    return bits;
}
