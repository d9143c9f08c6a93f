/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A fault of the service itself: registers to the log, and the end. */
#include "el1/cpu.h"
#include "el1/log.h"

struct fault_frame {
    uint64_t x[31];
    uint64_t sp;
};

_Static_assert(sizeof(struct fault_frame) == 256, "vectors.S");

_Noreturn void el1_fault(const struct fault_frame *frame, unsigned vector);

_Noreturn void el1_fault(const struct fault_frame *frame, unsigned vector)
{
    log_line("FAULT vector %u ESR_EL1 %08lx ELR_EL1 %016lx FAR_EL1 %016lx", vector,
             (unsigned long)CPU_READ(esr_el1), (unsigned long)CPU_READ(elr_el1),
             (unsigned long)CPU_READ(far_el1));
    for (unsigned i = 0; i < 30; i += 3)
        log_line("x%-2u %016lx  x%-2u %016lx  x%-2u %016lx", i, (unsigned long)frame->x[i], i + 1,
                 (unsigned long)frame->x[i + 1], i + 2, (unsigned long)frame->x[i + 2]);
    log_fatal("x30 %016lx  sp %016lx", (unsigned long)frame->x[30], (unsigned long)frame->sp);
}
