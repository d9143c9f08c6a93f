/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A fault or a hang of the service itself: registers to the log, and a new start, or the end. */
#include "el1/fault.h"

#include "el1/cpu.h"
#include "el1/deadman.h"
#include "el1/guard.h"
#include "el1/log.h"
#include "el1/restart.h"

struct fault_frame {
    uint64_t x[31];
    uint64_t sp;
};

_Static_assert(sizeof(struct fault_frame) == 256, "vectors.S");

/* From this level, with SP_EL0 */
#define VECTOR_SYNC   0u
#define VECTOR_IRQ    1u
#define EC(esr)       ((esr) >> 26 & 0x3f)
#define EC_DATA_ABORT 0x25u

/* Called by vectors.S; if it returns the instruction is tried again. */
void el1_exception(const struct fault_frame *frame, unsigned vector);

static _Noreturn void end(enum restart_why why)
{
    restart_try(why);
    log_line("stopped");
    el1_halt();
}

_Noreturn void fault_end(void)
{
    end(RESTART_FAULT);
}

static void log_registers(const struct fault_frame *frame)
{
    for (unsigned i = 0; i < 30; i += 3) {
        log_line("x%-2u %016lx  x%-2u %016lx  x%-2u %016lx", i, (unsigned long)frame->x[i], i + 1,
                 (unsigned long)frame->x[i + 1], i + 2, (unsigned long)frame->x[i + 2]);
    }
    log_line("x30 %016lx  sp %016lx", (unsigned long)frame->x[30], (unsigned long)frame->sp);
}

static _Noreturn void el1_fault(const struct fault_frame *frame, unsigned vector)
{
    log_line("FAULT vector %u ESR_EL1 %08lx ELR_EL1 %016lx FAR_EL1 %016lx", vector,
             (unsigned long)CPU_READ(esr_el1), (unsigned long)CPU_READ(elr_el1),
             (unsigned long)CPU_READ(far_el1));
    log_registers(frame);
    end(RESTART_FAULT);
}

static _Noreturn void el1_hang(const struct fault_frame *frame)
{
    log_line("HANG ELR_EL1 %016lx", (unsigned long)CPU_READ(elr_el1));
    log_registers(frame);
    end(RESTART_HANG);
}

__attribute__((target("general-regs-only"), no_stack_protector)) void el1_exception(
    const struct fault_frame *frame, unsigned vector)
{
    if (vector == VECTOR_IRQ) {
        if (deadman_interrupt()) {
            el1_hang(frame);
        }
    } else if (vector != VECTOR_SYNC || EC(CPU_READ(esr_el1)) != EC_DATA_ABORT ||
               !guard_abort(CPU_READ(far_el1))) {
        el1_fault(frame, vector);
    }
}
