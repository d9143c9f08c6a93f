/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * VMs and vCPUs. All arrays are static; nothing is allocated.
 *
 * Locks: one spinlock per VM (vm.lock) and no other. It guards the VM's state, its vGIC, the PSCI
 * state of its vCPUs, and the stage 2 entries of its RAM in its own and its owner's tables. Two are
 * never held together, so there is no order between them. Interrupts are masked at EL2 throughout.
 * A vCPU's registers belong to the pCPU that it is pinned to, unless the vCPU is blocked.
 */
#ifndef VM_VM_H
#define VM_VM_H

#include "cpu/addr.h"
#include "cpu/context.h"
#include "cpu/lock.h"
#include "cpu/pcpu.h"
#include "vgic/vgic.h"
#include "vm/turn.h"

#include <phonebooth/vmpage.h>

/* vcpu.block: why a vCPU does not run; 0 is runnable. Changed atomically. */
enum vcpu_block {
    BLOCK_OFF = 1,   /* PSCI: off */
    BLOCK_WFI = 2,   /* waits for an interrupt */
    BLOCK_IO = 4,    /* a posted access waits for PB_CALL_IO_DONE */
    BLOCK_HOLD = 8,  /* its VM is paused or stopped */
    BLOCK_READ = 16, /* a read of the virtual GIC waits for other vCPUs to look: settle.h */
};

struct vm;

/* A read that waits: where its value goes. */
struct io_wait {
    uint8_t reg; /* 31: nowhere */
    uint8_t size;
    bool sign;
    bool wide; /* 64-bit register */
    bool big;  /* big endian */
};

/* The register of the virtual GIC that it is of, if it is one. */
struct vgic_read {
    struct vgic_cpu *cpu;
    uint32_t offset;
    bool redist;
};

struct vcpu {
    uint64_t x[32];   /* first: vectors.S; x[31] is always 0 */
    struct ipa entry; /* of the next reset */
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
    struct vgic_read reads;
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
    bool ring;       /* its owner, at vm_unlock */
    uint8_t reading; /* vCPUs with BLOCK_READ, a bit for each */
    uint64_t cntvoff;
    uint64_t paused_at; /* counter */
    uint64_t scrubbed;  /* bytes */
    struct vgic vgic;
} __attribute__((aligned(1024)));

extern struct vm vms[PB_MAX_VMS];
extern struct vcpu vcpus[PB_MAX_VCPUS];

/* index: below the VM's vCPU count. */
static inline struct vcpu *vm_vcpu(const struct vm *vm, unsigned index)
{
    return &vm->vcpu[index];
}

/* A register as an instruction of v names it: 31 is zero. */
static inline uint64_t vcpu_reg(const struct vcpu *v, unsigned n)
{
    return v->x[n];
}

static inline void vcpu_set_reg(struct vcpu *v, unsigned n, uint64_t value)
{
    v->x[n] = value;
    v->x[31] = 0;
}

#define for_each_vcpu(v, vm) for (struct vcpu *v = (vm)->vcpu; v < (vm)->vcpu_end; v++)

#endif
