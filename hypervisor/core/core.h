/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What EL2 knows: physical CPUs, VMs, vCPUs. All arrays are static; nothing is
 * allocated. Addresses are named by kind: *_pa physical, *_ipa of a guest. EL2
 * maps memory at its physical address, so a pointer is a physical address too.
 *
 * Locks: one spinlock per VM (vm.lock). It guards the VM's state, its vGIC and
 * the PSCI state of its vCPUs. Only one VM lock is ever held at a time, so there is
 * no order between them; map_lock (stage2.c) may be taken inside it.
 * Interrupts are masked at EL2 throughout. A pCPU touches another's struct pcpu
 * only to read `cur`; a vCPU's registers belong to the pCPU that it is pinned to
 * unless the vCPU is blocked.
 */
#ifndef CORE_CORE_H
#define CORE_CORE_H

#include "arch.h"
#include "context.h"
#include "lock.h"
#include "turn.h"
#include "vgic.h"

#include <phonebooth/hypercall.h>
#include <phonebooth/table.h>
#include <phonebooth/vmpage.h>

#define TABLE ((const struct pb_table *)PB_TABLE_PA)

#define PCPU_SIZE 4096 /* a struct pcpu and its stack; also in vectors.S */

/* vcpu.block: why a vCPU does not run; 0 is runnable. Changed atomically. */
enum vcpu_block {
    BLOCK_OFF = 1,  /* PSCI: off */
    BLOCK_WFI = 2,  /* waits for an interrupt */
    BLOCK_IO = 4,   /* a posted access waits for PB_CALL_IO_DONE */
    BLOCK_HOLD = 8, /* its VM is paused or stopped */
};

/* pcpu.resched */
enum resched {
    RESCHED_LOOK = 1,  /* look for the vCPU to run */
    RESCHED_TRACE = 2, /* record the exit */
};

struct vm;

/* A read that waits for PB_CALL_IO_DONE: where its value goes. */
struct io_wait {
    uint8_t reg; /* 31: nowhere */
    uint8_t size;
    bool sign;
    bool wide; /* 64-bit register */
};

struct vcpu {
    uint64_t x[32]; /* first: vectors.S; x[31] is always 0 */
    uint64_t entry; /* of the next reset */
    uint64_t x0;
    uint32_t block;
    bool reset; /* registers are set up when it is next loaded */
    uint8_t pcpu;
    uint8_t index;  /* in its VM */
    uint8_t number; /* in the table */
    struct vm *vm;
    struct vcpu *next; /* on the same pCPU */
    uint64_t ready; /* counter when it was first seen to be runnable, but not running; 0: not so */
    struct turn turn;
    struct io_wait io;
    struct vgic_cpu vgic;
    struct context context;
} __attribute__((aligned(2048))); /* a power of two: short code for vcpus[i] */

struct vm {
    struct lock lock;
    uint32_t state; /* enum pb_vm_state */
    const struct pb_vm *cfg;
    struct pb_vm_page *page; /* in its owner's RAM */
    struct vcpu *vcpu;       /* its first */
    struct vcpu *vcpu_end;   /* behind its last */
    uint8_t id;
    bool ring; /* its owner, at vm_unlock */
    uint64_t cntvoff;
    uint64_t paused_at; /* counter */
    uint64_t scrubbed;  /* bytes */
    struct vgic vgic;
} __attribute__((aligned(1024)));

struct pcpu {
    struct vcpu *cur;   /* loaded; NULL: idle. Written only by its own CPU */
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

extern struct vm vms[PB_MAX_VMS];
extern const struct vm *front; /* its vCPUs have longer slices; NULL: none */
extern struct vcpu vcpus[PB_MAX_VCPUS];
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

/* index: below the VM's vCPU count. */
static inline struct vcpu *vm_vcpu(const struct vm *vm, unsigned index)
{
    return &vm->vcpu[index];
}

#define for_each_vcpu(v, vm) for (struct vcpu *v = (vm)->vcpu; v < (vm)->vcpu_end; v++)

static inline uint64_t counter(void)
{
    isb();
    return sysreg_read(cntpct_el0);
}

#endif
