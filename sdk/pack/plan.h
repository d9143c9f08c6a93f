/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Where everything lies: the physical place of each VM's RAM, the addresses
 * that a guest's boot files are loaded to, the pages that the switchboard
 * shares with EL2 and its personas. Decided once, used by all writers.
 *
 * The last 2 MiB of the switchboard's RAM are not its own to use freely, nor below them
 * PERSONA_FLASH_OWN bytes for each VM with a firmware:
 *   top - 0x200000                  its device tree, at most 1 MiB
 *   top - 0x100000 + vm * 0x10000   struct pb_vm_page of that VM (4 KiB)
 *                       + 0x4000    its virtio-mmio register pages (16 KiB)
 */
#ifndef PACK_PLAN_H
#define PACK_PLAN_H

#include <glib.h>

#include "board.h"
#include "handset.h"
#include "image.h"

/* The persona platform: a subset of QEMU's `virt` (docs/design/contracts.md, section 4). */
#define PERSONA_GICD       0x08000000ull
#define PERSONA_GICR       0x080a0000ull
#define PERSONA_GICR_FRAME 0x20000ull
#define PERSONA_UART       0x09000000ull
#define PERSONA_UART_SPI   1
#define PERSONA_RTC        0x09010000ull
#define PERSONA_RTC_SPI    2
#define PERSONA_GPIO       0x09030000ull
#define PERSONA_GPIO_SPI   7
#define PERSONA_VIO        0x0a000000ull
#define PERSONA_I2C        0x0a010000ull
#define PERSONA_I2C_DMA    0x0a011000ull /* the controller that has DMA */
#define PERSONA_I2C_SPI    10            /* 11: SMBALERT#; 12: the sensor hub */
#define PERSONA_VIO_SPI    16
#define PERSONA_MAILBOX    (PERSONA_VIO + PB_VIO_MAILBOX_SLOT * PB_VIO_STRIDE)
#define PERSONA_VIO_USED   11 /* slots that its device tree shows */
#define PERSONA_RAM        0x40000000ull
#define PERSONA_FLASH      0x00000000ull
#define PERSONA_FLASH_SIZE 0x08000000ull
#define PERSONA_FLASH_BANK 0x04000000ull /* of the second bank, which can be written */
#define PERSONA_FLASH_OWN  0x00200000ull /* its bytes */
#define FIRST_SPI          32

#define SWITCHBOARD_SHARED 0x200000ull
#define SHARED_PAGES       0x100000ull
#define SHARED_STRIDE      0x10000ull
#define SHARED_VIO         0x4000ull
#define VIO_PAGES_SIZE     (PB_VIO_SLOTS * PB_VIO_STRIDE)

/* A protected VM's level-3 tables, one for each half of its IPA space, per 2 MiB of RAM. */
#define PROTECTED_TABLES 0x2000ull

#define FIRST_DOORBELL 96u /* INTID in the owner of VM 0's doorbell */

struct pack_place {
    guint64 ram_ipa;
    guint64 ram_pa;
    guint64 kernel_ipa; /* load address */
    guint64 entry_ipa;  /* first instruction */
    guint64 initrd_ipa; /* 0: none */
    guint64 flash;      /* bytes at the end of its memory that are flash; 0: none */
    guint64 dtb_ipa;
    guint64 page_pa; /* struct pb_vm_page; 0: none */
    guint64 vio_pa;  /* 0: none */
    guint64 bank_pa; /* its flash that can be written, PERSONA_FLASH_OWN bytes; 0: none */
    guint64 l3_pa;   /* a protected VM's level-3 tables; 0: it is none */
    GBytes *measure; /* program and list that a measured VM starts with; NULL: it is not measured */
    guint8 rim[32];  /* the measurement */
    guint64 devices; /* set in the IPAs of its devices: PB_IPA_SHARED or 0 */
    guint32 doorbell;
    int data_slot; /* eMMC with its data disk, or -1 */
};

struct pack_plan {
    const struct pack_board *board;
    const struct pack_handset *handset;
    int switchboard;             /* VM id or -1 */
    int owner[PACK_MAX_DEVICES]; /* of each of the board's devices: VM id, or -1 */
    struct pack_range dram;
    struct pack_place place[PB_MAX_VMS];
};

/* The switchboard serves this VM: it loads, starts and stops it and offers virtio. False for
 * services, and for all VMs of a handset without a switchboard. */
gboolean pack_plan_is_served(const struct pack_plan *plan, guint vm);

/* It has an I2C bus, with what the switchboard shows of the board's gauge: a persona whose
 * switchboard drives that. */
gboolean pack_plan_has_i2c(const struct pack_plan *plan, guint vm);

/* A persona has LEDs, torch, vibrator and side switch (a PL061), and a backlight on its I2C bus:
 * the board has them. */
gboolean pack_plan_has_lights(const struct pack_plan *plan, guint vm);

/* The board has a sensor hub, beside the gauge. */
gboolean pack_plan_has_sensors(const struct pack_plan *plan);

/* ALLOW bits of the DMA firewall for all devices of VM `owner`. */
guint32 pack_plan_dma(const struct pack_plan *plan, guint owner);

/* Bytes of RAM that a guest has at ram_ipa. */
guint64 pack_plan_ram(const struct pack_plan *plan, guint vm);

/*
 * Gives memory and devices to the VMs: a device belongs to the VM that names it. A switchboard that
 * names none gets those that are left and that it has a driver for. `image[vm]` is the VM's first
 * program; of the switchboard's nothing is read. Fails if the board has too little memory, CPUs or
 * UARTs, if two VMs ask for the same UART or device, if there is no such device, or if a guest's
 * RAM is too small for its boot files' places.
 */
gboolean pack_plan_make(struct pack_plan *plan, const struct pack_board *board,
                        const struct pack_handset *handset,
                        const struct pack_image image[PB_MAX_VMS], GError **error);

#endif
