/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The board as the switchboard's device tree describes it (docs/design/contracts.md, section 5):
 * device nodes by their `compatible`; of several of a kind the lowest address is number 0. The
 * first PL011 is the log, the second the service port; one with a child is neither, but has the
 * GNSS receiver at its other end. The touch panel is child 0x38 of an I2C, the
 * battery gauge child 0x0b, the backlight's driver child 0x2c, the sensor hub child 0x40, and the
 * SMBALERT# of an I2C is its second interrupt.
 */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "panel.h"

#include "el1/place.h"

#define BOARD_MMCS    4u
#define BOARD_NETS    2u /* Ethernet: Wi-Fi, cellular data */
#define BOARD_NO_LINE 8u /* of the GPIO */

struct device {
    uint64_t base;  /* 0: the board has none */
    uint32_t intid; /* 0: none */
};

struct board {
    struct place place;
    struct device log, service;
    struct device mmc[BOARD_MMCS];
    struct device i2c;           /* the one with the touch panel */
    struct device gauge_i2c;     /* the one with the battery gauge, */
    uint32_t gauge_alert;        /* and its SMBALERT#: INTID, 0: none */
    struct device hub_i2c;       /* the one with the sensor hub, */
    uint32_t hub_intid;          /* and the hub's interrupt */
    struct device gnss;          /* the UART with the GNSS receiver, */
    uint32_t gnss_line;          /* and the GPIO's line that gives it power */
    struct device gpio, lights;  /* PL061: keys, and what lights, vibrates and switches */
    struct device backlight_i2c; /* the one with the backlight's driver */
    struct device net[BOARD_NETS];
    struct device rtc, display, sound, camera;
    uint32_t headset_line, amplifier_line; /* of the GPIO; BOARD_NO_LINE: none */
    struct device firewall;                /* its report page */
    uint32_t touch_intid;
    struct panel panel;  /* all 0: the display's node does not say */
    const uint8_t *seed; /* /chosen/rng-seed, or NULL */
    uint32_t seed_len;
    const char *zone; /* /chosen/phonebooth,timezone (phonebooth/chosen.h), or NULL */
};

/* Reads fdt, which stays in place. False: it is not a device tree, or has no RAM or no GIC. */
bool board_read(struct board *board, const void *fdt);

#endif
