/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The configuration table: compiled on the host by `pack`, placed by the boot
 * loader at PB_TABLE_PA, used by EL2 as it is. Little endian. All addresses are
 * physical unless the name says ipa. Docs: docs/design/contracts.md, section 3.
 */
#ifndef PHONEBOOTH_TABLE_H
#define PHONEBOOTH_TABLE_H

#include <stdint.h>

/* EL2's image, by which its own address space is made (core.ld): code, constants. */
#define PB_EL2_TEXT        0x40200000ull
#define PB_EL2_TEXT_SIZE   0x7000u
#define PB_EL2_RODATA      (PB_EL2_TEXT + PB_EL2_TEXT_SIZE)
#define PB_EL2_RODATA_SIZE 0x1000u

#define PB_TABLE_PA      0x40300000ull /* where EL2 expects it */
#define PB_TABLE_MAX     0xc0000u      /* bytes, stage-2 tables included; the trace follows */
#define PB_TABLE_MAGIC   0x31544250u   /* "PBT1" */
#define PB_TABLE_VERSION 9u

#define PB_MAX_PCPUS    4
#define PB_MAX_VMS      8
#define PB_MAX_VCPUS    16  /* of all VMs together */
#define PB_MAX_VM_VCPUS 8   /* of one VM */
#define PB_MAX_ROUTES   32  /* physical SPIs given to VMs */
#define PB_MAX_TRAPS    16  /* IPA ranges that are ignored or forwarded */
#define PB_VGIC_INTIDS  128 /* INTIDs a virtual GIC offers: 32 private + 96 SPIs */
#define PB_VIO_SLOTS    32
#define PB_VIO_STRIDE   0x200u
#define PB_VIO_STOLEN   0x1c0u /* in slot n: vCPU n's stolen time, 64 bytes (Arm DEN0057) */

/* In this slot, which has no device: the registers of a persona's SMBus controller. */
#define PB_VIO_MAILBOX_SLOT 30u

/* In this slot, which has no device: the VM generation id, 16 bytes; its interrupt says: new. */
#define PB_VIO_GENERATION_SLOT 31u
#define PB_VIO_GENERATION      0x100u
#define PB_VIO_GENERATION_SIZE 16u

/*
 * In the IPA space of a protected VM: set in addresses of what others see too, devices and the
 * pages of RAM that it shares. Without it: RAM, all its own.
 */
#define PB_IPA_BITS   39
#define PB_IPA_SHARED (1ull << (PB_IPA_BITS - 1))

/* pb_vm.flags */
#define PB_VM_PRIVILEGED 0x1u  /* may use the management calls */
#define PB_VM_AUTOSTART  0x2u  /* EL2 starts it at boot: entry, x0 */
#define PB_VM_SHARE_ALL  0x4u  /* its owner, and devices for it, reach its RAM while it runs */
#define PB_VM_MEASURED   0x10u /* VM_START starts it at entry with x0, whatever it is told */
#define PB_VM_A32        0x8u  /* EL1 is AArch32: x0 is r0, an odd entry is in T32 */

struct pb_vm {
    char name[16]; /* NUL-terminated */
    uint32_t flags;
    uint32_t owner;         /* VM id that serves it (virtio, forwarded accesses) */
    uint64_t s2_root;       /* level-1 stage-2 table, 4 KiB aligned: VTTBR_EL2.BADDR */
    uint64_t entry;         /* autostart: first instruction, IPA */
    uint64_t x0;            /* autostart: boot argument */
    uint64_t ram_ipa;       /* RAM, one range, 2 MiB aligned */
    uint64_t ram_pa;        /* also its IPA in the owner when lent or shared */
    uint64_t ram_size;      /* bytes, multiple of 2 MiB */
    uint64_t owner_s2_root; /* owner's level-1 table: where lending maps the RAM */
    /* DMA firewall (docs/board/dma-firewall.md). A board without one: unused memory. */
    uint64_t window;       /* registers of the window that is for its RAM */
    uint64_t window_pages; /* BASE | LIMIT << 32 */
    uint64_t window_allow; /* ALLOW while its RAM is lent, shared or its own to give to devices */
    uint64_t gicd_ipa;
    uint64_t gicr_ipa;
    uint64_t vio_ipa;   /* virtio-mmio slot 0; 0: none */
    uint64_t vio_pa;    /* its register pages (4), in the owner's RAM */
    uint64_t page_pa;   /* struct pb_vm_page, in the owner's RAM; not read if there is no owner */
    uint32_t vio_intid; /* INTID of slot 0 */
    uint32_t doorbell;  /* INTID raised in the owner for this VM's events */
    uint32_t vcpu_first;
    uint32_t vcpu_count;
    uint64_t l3_pa;  /* protected VM: its level-3 tables, 8 KiB per 2 MiB of RAM; 0: it is none */
    uint64_t rim[8]; /* its initial measurement: SHA-256, zero padded */
    /* vCPU reset */
    uint64_t hcr;   /* HCR_EL2 */
    uint64_t sctlr; /* SCTLR_EL1 */
    uint64_t spsr;  /* SPSR_EL2 */
};

struct pb_vcpu {
    uint32_t vm;
    uint32_t index;    /* in its VM; MPIDR Aff0 */
    uint32_t pcpu;     /* pinned to */
    uint32_t priority; /* 0 lowest .. 7 highest; the same priority shares by time slice */
    uint32_t slice_us; /* 0: runs until it waits */
    /* 0, or: slice_us is a budget; once spent, the vCPU has priority 0 until the period ends */
    uint32_t period_us;
    uint32_t reserved[2];
};

/* A physical SPI delivered to a VM, linked (HW) so that the guest's EOI deactivates it. */
struct pb_route {
    uint32_t pintid;
    uint32_t vintid;
    uint32_t vm;
    uint32_t edge; /* 1 edge triggered, 0 level */
};

/*
 * A range of a VM whose accesses, if they trap, are posted to its owner; or that reads 0 and
 * ignores what is written.
 */
struct pb_trap {
    uint64_t ipa;
    uint64_t size;
    uint32_t vm;
    uint32_t forward; /* 1: posted */
};

struct pb_table {
    uint32_t magic;
    uint32_t version;
    uint32_t size; /* bytes, with the stage-2 tables that follow */
    uint32_t pcpus;
    uint64_t gicd;
    uint64_t gicr;                /* PCPU n at gicr + n * 0x20000 */
    uint64_t uart;                /* PL011 for EL2's own messages; without one: unused memory */
    uint64_t firewall_ctrl;       /* the DMA firewall's CTRL; without one as pb_vm.window */
    uint64_t mpidr[PB_MAX_PCPUS]; /* affinity fields only */
    uint64_t sgi1r[PB_MAX_PCPUS]; /* ICC_SGI1R_EL1 that reaches it, INTID 0 */
    /* What VMs read in the registers of op0 3, op1 0, CRn 0, by op2 and CRm (which begins at 1) */
    uint64_t id[8][8];
    uint64_t el2_root; /* EL2's own level-1 table: TTBR0_EL2. It makes no tables itself */
    uint32_t vm_count;
    uint32_t vcpu_count;
    uint32_t route_count;
    uint32_t trap_count;
    struct pb_vm vm[PB_MAX_VMS];
    struct pb_vcpu vcpu[PB_MAX_VCPUS];
    struct pb_route route[PB_MAX_ROUTES];
    struct pb_trap trap[PB_MAX_TRAPS];
};

_Static_assert(sizeof(struct pb_vm) == 256, "table layout");
_Static_assert(sizeof(struct pb_vcpu) == 32, "table layout");
_Static_assert(sizeof(struct pb_route) == 16, "table layout");
_Static_assert(sizeof(struct pb_trap) == 24, "table layout");
_Static_assert(sizeof(struct pb_table) % 8 == 0, "table layout");

#endif
