/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A physical CPU as EL2 knows it, and what is the same for all: the configuration table. EL2 maps
 * memory at its physical address, so a pointer is a physical address too.
 */
#ifndef CPU_PCPU_H
#define CPU_PCPU_H

#include "cpu/arch.h"

#include <phonebooth/hypercall.h>
#include <phonebooth/table.h>

#define TABLE ((const struct pb_table *)PB_TABLE_PA)

#define PCPU_SIZE 4096 /* a struct pcpu and its stack */

/* pcpu.resched */
enum resched {
    RESCHED_LOOK = 1,  /* look for the vCPU to run */
    RESCHED_TRACE = 2, /* record the exit */
};

struct vcpu;

/* Others than its own CPU only read `cur` and `stat`. */
struct pcpu {
    struct vcpu *cur;   /* loaded; NULL: idle */
    struct vcpu *first; /* of those that are pinned to it */
    uint32_t id;
    uint32_t traced; /* records written */
    uint8_t resched; /* what to do before the guest is entered */
    uint64_t since;  /* counter when cur began to run */
    uint64_t last_turn;
    struct vcpu *fp_owner; /* whose FP/SIMD registers the CPU holds */
    struct vcpu *last[PB_MAX_VMS];
    uint64_t stat[PB_STAT_COUNT];
};

extern uint8_t pcpu_area[PB_MAX_PCPUS][PCPU_SIZE];

static inline struct pcpu *pcpu_of(unsigned n)
{
    return (struct pcpu *)pcpu_area[n];
}

/* The physical CPU this code runs on. */
static inline struct pcpu *this_pcpu(void)
{
    return (struct pcpu *)sysreg_read(tpidr_el2);
}

__attribute__((always_inline)) static inline void count(unsigned stat)
{
    this_pcpu()->stat[stat]++;
}

static inline uint64_t counter(void)
{
    isb();
    return sysreg_read(cntpct_el0);
}

#endif
