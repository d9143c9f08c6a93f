/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stddef.h>

#include "exception.h"
#include "../lib/gic.h"
#include "../lib/platform.h"
#include "../lib/tap.h"

struct frame {
    uint32_t r[13];
    uint32_t lr;
};

static volatile bool expecting[MAX_CPUS];
static struct trap taken[MAX_CPUS];
static irq_handler on_irq;

/* The compiler calls it. */
void *memset(void *to, int byte, size_t size);

/* Called by start.S; returns where to go on. */
uint32_t exception(struct frame *frame, uint32_t vector);

void *memset(void *to, int byte, size_t size)
{
    volatile uint8_t *at = to;

    while (size--) {
        *at++ = (uint8_t)byte;
    }
    return to;
}

static uint32_t cpsr(void)
{
    uint32_t value;

    __asm__ volatile("mrs %0, cpsr" : "=r"(value));
    return value;
}

static uint32_t spsr(void)
{
    uint32_t value;

    __asm__ volatile("mrs %0, spsr" : "=r"(value));
    return value;
}

static uint32_t lr_svc(void)
{
    uint32_t value;

    __asm__ volatile("mrs %0, lr_svc" : "=r"(value));
    return value;
}

static void record(struct trap *trap, const struct frame *frame, uint32_t vector)
{
    trap->count++;
    trap->vector = vector;
    trap->lr = frame->lr;
    trap->spsr = spsr();
    trap->cpsr = cpsr();
    trap->dfsr = read_cp15(c5, 0, c0, 0);
    trap->ifsr = read_cp15(c5, 0, c0, 1);
    trap->dfar = read_cp15(c6, 0, c0, 0);
    trap->ifar = read_cp15(c6, 0, c0, 2);
}

static _Noreturn void die(const struct frame *frame, uint32_t vector)
{
    tap_note("vector", vector);
    tap_note("cpu", cpu_number());
    tap_note("lr", frame->lr);
    tap_note("spsr", spsr());
    tap_note("dfsr", read_cp15(c5, 0, c0, 0));
    tap_note("dfar", read_cp15(c6, 0, c0, 0));
    tap_bail_out("exception that nobody expected");
}

static uint32_t irq(const struct frame *frame)
{
    uint32_t intid = gic_acknowledge();

    if (intid < GIC_SPECIAL) {
        if (on_irq) {
            on_irq(intid);
        }
        gic_end(intid);
    }
    return frame->lr - 4;
}

uint32_t exception(struct frame *frame, uint32_t vector)
{
    if (vector == VECTOR_IRQ) {
        return irq(frame);
    }
    if (!expecting[cpu_number()]) {
        die(frame, vector);
    }
    record(&taken[cpu_number()], frame, vector);
    if (vector == VECTOR_PREFETCH_ABORT) {
        return lr_svc();
    }
    if (vector == VECTOR_DATA_ABORT) {
        return frame->lr - 4;
    }
    return spsr() & CPSR_T ? frame->lr + 2 : frame->lr;
}

void exception_expect(void)
{
    taken[cpu_number()] = (struct trap){0};
    expecting[cpu_number()] = true;
}

struct trap exception_taken(void)
{
    expecting[cpu_number()] = false;
    return taken[cpu_number()];
}

void exception_on_irq(irq_handler handler)
{
    on_irq = handler;
}
