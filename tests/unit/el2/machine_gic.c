/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The machine's GIC and timers, and the virtual CPU interface (Arm IHI 0069). */
#include "machine_state.h"

#include "hypervisor/core/cpu/gic.h"

#define VALID   (LR_PENDING | LR_ACTIVE)
#define PRIO(l) ((unsigned)((l) >> 48) & 0xff)

struct spi spis[SPIS];

/* ---- Timers, list registers, interrupts ------------------------------------------------- */

bool gic_timer_due(const struct cpu *c, enum host_register ctl, enum host_register cval,
                   uint64_t off)
{
    return (c->reg[ctl] & TIMER_ENABLE) && now - off >= c->reg[cval] && now >= off;
}

static bool asserts(const struct cpu *c, enum host_register ctl, enum host_register cval,
                    uint64_t off)
{
    return gic_timer_due(c, ctl, cval, off) && !(c->reg[ctl] & TIMER_IMASK);
}

static bool maintenance(const struct cpu *c)
{
    uint64_t hcr = c->reg[HOST_ich_hcr_el2];
    unsigned valid = 0, pending = 0;
    bool end = false;

    for (unsigned i = 0; i < VGIC_LRS; i++) {
        uint64_t lr = c->reg[HOST_ich_lr0_el2 + i];

        valid += (lr & VALID) != 0;
        pending += (lr & VALID) == LR_PENDING;
        end |= !(lr & VALID) && !(lr & LR_HW) && (lr & LR_EOI);
    }
    return (hcr & ICH_EN) && (end || ((hcr & ICH_UIE) && valid <= 1) ||
                              ((hcr & ICH_NPIE) && !pending) || ((hcr & ICH_LRENPIE) && c->eois));
}

static uint32_t lines(const struct cpu *c)
{
    return c->sgis | (uint32_t)maintenance(c) << INTID_MAINTENANCE |
           (uint32_t)asserts(c, HOST_cnthp_ctl_el2, HOST_cnthp_cval_el2, 0) << INTID_CNTHP |
           (uint32_t)asserts(c, HOST_cntv_ctl_el0, HOST_cntv_cval_el0, c->reg[HOST_cntvoff_el2])
               << INTID_CNTV |
           (uint32_t)asserts(c, HOST_cntp_ctl_el0, HOST_cntp_cval_el0, 0) << INTID_CNTP;
}

static uint32_t pending_for(struct cpu *c)
{
    uint32_t mine = lines(c) & ~c->active;

    if (mine) {
        return (uint32_t)__builtin_ctz(mine);
    }
    for (unsigned i = 0; i < SPIS; i++) {
        const struct spi *s = &spis[i];

        if ((s->enabled || (s->late >> (c - cpus) & 1)) && (s->pending || s->line) && !s->active &&
            &cpus[s->target] == c) {
            return SPI_FIRST + i;
        }
    }
    return INTID_SPECIAL;
}

uint32_t gic_acknowledge(struct cpu *c)
{
    uint32_t intid = pending_for(c);

    if (intid < 32) {
        c->active |= 1u << intid;
        c->sgis &= ~(1u << intid);
    } else if (intid < INTID_SPECIAL) {
        spis[intid - SPI_FIRST].pending = false;
        spis[intid - SPI_FIRST].active = true;
    }
    return intid;
}

void gic_deactivate_of(struct cpu *c, uint32_t intid)
{
    if (intid < 32) {
        c->active &= ~(1u << intid);
    } else {
        spis[intid - SPI_FIRST].active = false;
    }
}

bool machine_irq(void)
{
    return pending_for(self) != INTID_SPECIAL;
}

bool machine_spi_active(unsigned spi)
{
    return spis[spi].active;
}

bool machine_spi_pending(unsigned spi)
{
    return spis[spi].pending;
}

bool machine_timer_active(unsigned cpu)
{
    return cpus[cpu].active & (1u << INTID_CNTV | 1u << INTID_CNTP);
}

bool machine_spi_line(unsigned spi)
{
    return spis[spi].line;
}

void machine_fire(unsigned spi)
{
    if (MACHINE_LEVEL(spi)) {
        spis[spi].line = true;
    } else {
        spis[spi].pending = true;
    }
}

void machine_serve(unsigned spi)
{
    spis[spi].line = false;
}

/* ---- The virtual CPU interface ------------------------------------------------------------ */

static uint64_t *best_lr(void)
{
    unsigned running = (unsigned)self->reg[HOST_ich_ap1r0_el2];
    unsigned limit = (unsigned)(self->reg[HOST_ich_vmcr_el2] >> 24) & 0xff;
    uint64_t *best = NULL;

    limit = running && (unsigned)__builtin_ctz(running) << 3 < limit
                ? (unsigned)__builtin_ctz(running) << 3
                : limit;
    if (!(self->reg[HOST_ich_hcr_el2] & ICH_EN) || !(self->reg[HOST_ich_vmcr_el2] & 2)) {
        return NULL;
    }
    for (unsigned i = 0; i < VGIC_LRS; i++) {
        uint64_t *lr = &self->reg[HOST_ich_lr0_el2 + i];

        if ((*lr & VALID) == LR_PENDING && PRIO(*lr) < limit) {
            limit = PRIO(*lr);
            best = lr;
        }
    }
    return best;
}

bool machine_virq(void)
{
    return best_lr() != NULL;
}

uint32_t machine_acknowledge(void)
{
    uint64_t *lr = best_lr();

    if (!lr) {
        return 1023;
    }
    *lr = (*lr & ~LR_PENDING) | LR_ACTIVE;
    self->reg[HOST_ich_ap1r0_el2] |= 1u << (PRIO(*lr) >> 3);
    return LR_INTID(*lr);
}

void machine_end(uint32_t intid)
{
    self->reg[HOST_ich_ap1r0_el2] &= self->reg[HOST_ich_ap1r0_el2] - 1;
    for (unsigned i = 0; i < VGIC_LRS; i++) {
        uint64_t *lr = &self->reg[HOST_ich_lr0_el2 + i];

        if (LR_INTID(*lr) == intid && (*lr & LR_ACTIVE)) {
            *lr &= ~LR_ACTIVE;
            if (*lr & LR_HW) {
                gic_deactivate_of(self, (uint32_t)(*lr >> 32) & 0x3ff);
            }
            return;
        }
    }
    self->eois++;
}

uint64_t gic_empty_lrs(void)
{
    uint64_t bits = 0;

    for (unsigned i = 0; i < VGIC_LRS; i++) {
        uint64_t lr = self->reg[HOST_ich_lr0_el2 + i];

        bits |= (uint64_t)(!(lr & VALID) && ((lr & LR_HW) || !(lr & LR_EOI))) << i;
    }
    return bits;
}

/* ---- What EL2 asks of the machine's GIC --------------------------------------------------- */

void gic_kick(unsigned n, unsigned sgi)
{
    if (choose(4) == 0) {
        machine_yield();
    }
    cpus[n].sgis |= 1u << sgi;
}

void gic_kick_others(void)
{
    for (unsigned i = 0; i < PCPUS; i++) {
        cpus[i].sgis |= &cpus[i] == self ? 0 : 1u << SGI_RESCHED;
    }
}

/* Other CPUs may take it for a while after it was disabled (IHI 0069, GICD_CTLR.RWP). */
void gic_spi_enable(struct pirq spi, bool on)
{
    struct spi *s = &spis[spi.intid - SPI_FIRST];

    s->late = s->enabled && !on ? choose(1u << PCPUS) : 0;
    s->enabled = on;
    machine_yield();
}

void gic_spi_quiet(struct pirq spi)
{
    struct spi *s = &spis[spi.intid - SPI_FIRST];

    gic_spi_enable(spi, false);
    s->pending = false;
    machine_yield();
    s->active = false;
    machine_yield();
}

void gic_spi_route(struct pirq spi, uint64_t mpidr)
{
    spis[spi.intid - SPI_FIRST].target = (unsigned)mpidr;
}

void gic_spi_edge(struct pirq spi, bool edge)
{
    (void)spi;
    (void)edge;
}

void gic_ppi_active(unsigned n, uint32_t mask, bool active)
{
    if (choose(2) == 0) {
        machine_yield();
    }
    cpus[n].active = active ? cpus[n].active | mask : cpus[n].active & ~mask;
}
