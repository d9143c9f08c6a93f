/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DMA firewall of the Phonebooth handset boards: every device that does DMA
 * reaches memory through it, and only what its windows allow.
 *
 * Data sheet: docs/board/dma-firewall.md.
 *
 * dma_firewall.c has the registers, faults and saved state; dma_view.c what a
 * master sees of memory: an address space of its own, in which an allowed
 * window is an alias of the board's memory, so that access costs no more than
 * without a firewall, and the rest is an IOMMU region that refuses and tells.
 */
#ifndef HW_PHONEBOOTH_DMA_FIREWALL_H
#define HW_PHONEBOOTH_DMA_FIREWALL_H

#include "exec/memory.h"
#include "hw/sysbus.h"
#include "qom/object.h"
#include "board_parts.h"

OBJECT_DECLARE_SIMPLE_TYPE(DmaFirewallState, DMA_FIREWALL)

#define FIREWALL_WINDOWS    16
#define FIREWALL_MASTERS    16 /* bits of a window's ALLOW, for each kind of access */
#define FIREWALL_IO_SIZE    0x1000
#define FIREWALL_PAGE_SHIFT 12

/* Offsets in the control page. */
#define FIREWALL_ID          0x000
#define FIREWALL_CAPS        0x004
#define FIREWALL_CTRL        0x008
#define FIREWALL_WINDOW_BASE 0x100
#define FIREWALL_WINDOW_STEP 0x10

/* Offsets in the report page. */
#define FIREWALL_STATUS  0x000
#define FIREWALL_ADDR_LO 0x004
#define FIREWALL_ADDR_HI 0x008
#define FIREWALL_COUNT   0x00c

#define FIREWALL_ID_VALUE     0x50424657u /* "PBFW" */
#define FIREWALL_VERSION      1
#define FIREWALL_CTRL_ENABLE  1u
#define FIREWALL_STATUS_FAULT 1u
#define FIREWALL_STATUS_WRITE 2u

/* The registers of a window, at FIREWALL_WINDOW_BASE + n * FIREWALL_WINDOW_STEP. */
enum {
    WINDOW_BASE,  /* first page */
    WINDOW_LIMIT, /* last page */
    WINDOW_ALLOW, /* bit m: master m may read; bit 16 + m: it may write */
    WINDOW_REGS,
};

/* What one master sees. */
typedef struct DmaView {
    DmaFirewallState *firewall;
    unsigned master;
    IOMMUAccessFlags uses;                 /* what this master does at all */
    MemoryRegion root;                     /* the master's address space */
    MemoryRegion open;                     /* the board's, as long as the firewall is not enabled */
    MemoryRegion window[FIREWALL_WINDOWS]; /* aliases of the board's */
    IOMMUMemoryRegion closed;              /* what is left: checked access by access */
} DmaView;

struct DmaFirewallState {
    SysBusDevice parent_obj;

    MemoryRegion control;
    MemoryRegion report;
    qemu_irq irq;
    qemu_irq changed; /* output "changed": a pulse after what masters see has changed */
    uint32_t masters; /* property: how many there are, at most FIREWALL_MASTERS */
    uint32_t readers; /* property: a bit for each that only reads */
    DmaView view[FIREWALL_MASTERS];

    uint32_t ctrl;
    uint32_t window[FIREWALL_WINDOWS][WINDOW_REGS];
    uint32_t status; /* of the first fault since it was cleared, as is address */
    uint64_t address;
    uint32_t count;
};

/* What window registers say about @master and page @page of the address space. */
IOMMUAccessFlags firewall_allowed(const DmaFirewallState *s, unsigned master, uint64_t page);

/* Takes down that @master was refused @access (read or write) to @address. */
void firewall_fault(DmaFirewallState *s, unsigned master, hwaddr address, IOMMUAccessFlags access);

/* Makes what master @master sees; everything, until dma_view_update(). Once. */
void dma_view_init(DmaView *view, DmaFirewallState *s, unsigned master, IOMMUAccessFlags uses);

/* Shows what the registers say now. Inside a memory transaction. */
void dma_view_update(DmaView *view);

#endif
