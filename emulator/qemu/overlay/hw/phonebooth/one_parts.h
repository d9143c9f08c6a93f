/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parts of board "one" outside the processor cluster, docs/board/one.md.
 */
#ifndef HW_PHONEBOOTH_ONE_PARTS_H
#define HW_PHONEBOOTH_ONE_PARTS_H

#include "hw/qdev-core.h"
#include "qemu/typedefs.h"

#define TYPE_DISPLAY_ENGINE "phonebooth-display"
#define TYPE_TOUCH_FT5X06   "phonebooth-touch"
#define TYPE_KEYS           "phonebooth-keys"
#define TYPE_WATCHDOG_SP805 "phonebooth-sp805"
#define TYPE_ONE_EMMC       "phonebooth-emmc"
#define TYPE_DMA_FIREWALL   "phonebooth-dma-firewall"

/*
 * Creates and wires all parts. Interrupts go to inputs 0 and up of @gic.
 * @splash: physical address of the picture that the display shows from reset
 * on, 0: the display is off. Ends the program if a part cannot be made.
 */
void one_create_parts(DeviceState *gic, uint64_t splash);

/* The address space of DMA master @master, a number below ONE_MASTERS; owned by @firewall. */
MemoryRegion *dma_firewall_master(DeviceState *firewall, unsigned master);

/* An eMMC on @blk, not realized, for the caller to unref; ends the program if @blk is taken. */
DeviceState *one_new_emmc(BlockBackend *blk);

#endif
