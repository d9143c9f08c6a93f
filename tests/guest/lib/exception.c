/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "exception.h"
#include "gic.h"
#include "platform.h"
#include "tap.h"

struct frame {
    uint64_t x[31];
    uint64_t elr;
    uint64_t spsr;
};

_Static_assert(sizeof(struct frame) <= 272, "start.S makes room for 272 bytes");

#define PSTATE_IL (1ull << 20)

static volatile bool expecting[MAX_CPUS];
static struct trap taken[MAX_CPUS];
static irq_handler on_irq;

/* Called by start.S */
void exception(struct frame *frame, uint32_t vector);

static _Noreturn void die(const struct frame *frame, uint32_t vector)
{
    tap_note("vector", vector);
    tap_note("cpu", cpu_number());
    tap_note("esr", read_sysreg(esr_el1));
    tap_note("far", read_sysreg(far_el1));
    tap_note("elr", frame->elr);
    tap_note("lr", frame->x[30]);
    tap_bail_out("exception that nobody expected");
}

static void take(struct frame *frame, uint32_t vector)
{
    struct trap *trap = &taken[cpu_number()];

    trap->count++;
    trap->vector = vector;
    trap->esr = read_sysreg(esr_el1);
    trap->far = read_sysreg(far_el1);
    trap->elr = frame->elr;
    frame->spsr &= ~PSTATE_IL; /* or it would never be over */
    if (trap_class(trap) == EC_INSTRUCTION_ABORT) {
        frame->elr = frame->x[30];
    } else {
        frame->elr += 4;
    }
}

void exception(struct frame *frame, uint32_t vector)
{
    if (vector == VECTOR_IRQ) {
        uint32_t intid = gic_acknowledge();

        if (intid < GIC_SPECIAL) {
            if (on_irq) {
                on_irq(intid);
            }
            gic_end(intid);
        }
    } else if (vector == VECTOR_SYNC && expecting[cpu_number()]) {
        take(frame, vector);
    } else {
        die(frame, vector);
    }
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

struct trap try_read32(uint64_t address)
{
    exception_expect();
    read32(address);
    return exception_taken();
}

struct trap try_write32(uint64_t address, uint32_t value)
{
    exception_expect();
    write32(address, value);
    return exception_taken();
}

struct trap try_call(uint64_t address)
{
    exception_expect();
    __asm__ volatile("blr %0" ::"r"(address) : "x30", "memory");
    return exception_taken();
}

void exception_on_irq(irq_handler handler)
{
    on_irq = handler;
}
