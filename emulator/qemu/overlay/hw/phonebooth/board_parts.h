/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parts of a board outside the processor cluster, docs/board/.
 */
#ifndef HW_PHONEBOOTH_BOARD_PARTS_H
#define HW_PHONEBOOTH_BOARD_PARTS_H

#include "hw/qdev-core.h"
#include "qemu/typedefs.h"
#include "board.h"

#define TYPE_DISPLAY_ENGINE   "phonebooth-display"
#define TYPE_TOUCH_FT5X06     "phonebooth-touch"
#define TYPE_KEYS             "phonebooth-keys"
#define TYPE_GAUGE_SBS        "phonebooth-gauge"
#define TYPE_SENSOR_HUB       "phonebooth-sensors"
#define TYPE_GNSS             "phonebooth-gnss"
#define TYPE_LPAIF            "phonebooth-lpaif"
#define TYPE_CAMERA           "phonebooth-camera"
#define TYPE_LIGHTS           "phonebooth-lights"
#define TYPE_BACKLIGHT_LP8556 "phonebooth-lp8556"
#define TYPE_WATCHDOG_SP805   "phonebooth-sp805"
#define TYPE_BOARD_EMMC       "phonebooth-emmc"
#define TYPE_DMA_FIREWALL     "phonebooth-dma-firewall"
#define TYPE_TRNG             "phonebooth-trng"
#define TYPE_FUSES            "phonebooth-fuses"
#define TYPE_SECURE_STORE     "phonebooth-secure-store"

/*
 * Creates and wires all parts of @board. Interrupts go to inputs 0 and up of @gic.
 * @splash: physical address of the picture that the display shows from reset
 * on, 0: the display is off. Ends the program if a part cannot be made.
 */
void board_create_parts(const struct board *board, DeviceState *gic, uint64_t splash);

/* The first part of that kind; there must be one. */
const struct board_part *board_part(const struct board *board, enum board_kind kind);

/* The address space of DMA master @master, a number below its property "masters"; owned by
 * @firewall. */
MemoryRegion *dma_firewall_master(DeviceState *firewall, unsigned master);

#define LIGHTS_COUNT 5 /* red, green, blue, torch, vibrator */

/* The panel's LEDs get @level of 255 of what the engine's own backlight register says. */
void display_dim(DeviceState *display, unsigned level);

/* The backlight of @display, 0 (the panel is off) to 255. */
unsigned display_brightness(DeviceState *display);

/* The receiver's end of the UART of @receiver, realized. */
Chardev *gnss_line(DeviceState *receiver);

/* An eMMC on @blk, not realized, for the caller to unref; ends the program if @blk is taken. */
DeviceState *board_new_emmc(BlockBackend *blk);

/* Connects @ethernet, not realized, to the next wire of the personas' networks (uplink.h). False:
 * there is no netdev "vm0", or no further wire, and nothing was done. */
bool board_connect_uplink(DeviceState *ethernet);

#endif
