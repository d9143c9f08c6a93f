/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What the configuration needs to know of a board, read from its device tree
 * (Devicetree Specification 0.4): CPUs, memory, GICv3, UARTs and the devices
 * that services drive. Works for our boards and for QEMU's `virt`.
 */
#ifndef PACK_BOARD_H
#define PACK_BOARD_H

#include <glib.h>

#include "phonebooth/table.h"

#define PACK_MAX_UARTS   8
#define PACK_MAX_DEVICES 24
#define PACK_DEVICE_IRQS 4

struct pack_range {
    guint64 base;
    guint64 size; /* bytes */
};

struct pack_irq {
    guint32 intid; /* 32 and up: only SPIs are listed */
    gboolean edge;
};

struct pack_device {
    char name[32];  /* of the part: `phonebooth,part`, or the node's */
    char path[128]; /* of its node */
    gboolean known; /* the switchboard has a driver for it */
    struct pack_range reg;
    struct pack_irq irq[PACK_DEVICE_IRQS];
    guint irqs;
    guint32 dma; /* ALLOW bits of the DMA firewall that it needs; 0: no DMA, or no firewall */
};

struct pack_board {
    const char *file; /* for messages; the caller's */
    char name[32];    /* "" : not one of ours */
    const void *dtb;  /* the caller's, valid as long as this struct */
    struct pack_range memory;
    guint64 memory_min, memory_max; /* that it can have, bytes; 0, 0: the tree does not say */
    struct pack_range gicd;
    struct pack_range gicr;
    guint64 firewall; /* control page; 0: the board has none */
    guint cpus;
    guint64 mpidr[PB_MAX_PCPUS];
    guint uarts; /* ascending addresses: index = UART number */
    struct pack_device uart[PACK_MAX_UARTS];
    gboolean has_rtc;
    struct pack_device rtc;
    guint devices; /* parts that a service can be given, RTC included, UARTs not */
    struct pack_device device[PACK_MAX_DEVICES];
};

/*
 * Reads the flattened tree `dtb` of `size` bytes, named `file` in messages. Fails on a damaged
 * tree, on a missing memory node, GIC or CPU, and on more of anything than the table has room for.
 */
gboolean pack_board_read(struct pack_board *board, const void *dtb, gsize size, const char *file,
                         GError **error);

/* Index of the device of that name, or -1. */
int pack_board_find_device(const struct pack_board *board, const char *name);

#endif
