/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The state of the machine: machine.c has the CPUs, machine_gic.c interrupts and timers. */
#ifndef TESTS_EL2_MACHINE_STATE_H
#define TESTS_EL2_MACHINE_STATE_H

#include "machine.h"

struct cpu {
    uint64_t reg[HOST_REGISTERS];
    uint32_t sgis;      /* pending */
    uint32_t active;    /* SGIs and PPIs */
    unsigned eois;      /* EOIcount */
    ucontext_t context; /* to begin with */
    bool begun;
    jmp_buf here; /* then: it makes no system calls */
};

struct spi {
    bool enabled, pending, active, line; /* line: of those that are level triggered */
    unsigned target;
    unsigned late; /* CPUs, a bit for each, that have not yet seen that it is disabled */
};

extern struct cpu cpus[PCPUS];
extern struct cpu *self; /* the CPU that runs */
extern struct spi spis[SPIS];
extern uint64_t now; /* counter */

/* The timer with these CNT*_CTL and CNT*_CVAL, on a counter that is `off` behind, is due. */
bool gic_timer_due(const struct cpu *c, enum host_register ctl, enum host_register cval,
                   uint64_t off);

/* ICC_IAR1_EL1 and ICC_DIR_EL1 of the machine. */
uint32_t gic_acknowledge(struct cpu *c);
void gic_deactivate_of(struct cpu *c, uint32_t intid);

/* ICH_ELRSR_EL2 of the CPU that runs. */
uint64_t gic_empty_lrs(void);

#endif
