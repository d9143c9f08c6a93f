/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A guest's battery gauge: Smart Battery Data Specification 1.1 on SMBus. What is measured comes
 * from the board's gauge, or is what the handset says; what the guest can set (mode, alarms, rate)
 * is its own and changes nobody else's view. No I/O.
 */
#ifndef VGAUGE_H
#define VGAUGE_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/sbs.h"

#define VGAUGE_ADDRESS 0x0bu

struct vgauge {
    const struct sbs_values *values; /* may change between transfers; for ever */
    uint16_t serial;                 /* the guest's, not the board's: it tells no two apart */

    /* All that follows is 0 after reset but the alarms. */
    uint16_t capacity_alarm; /* mAh, or 10 mWh as the mode says */
    uint16_t time_alarm;     /* minutes */
    uint16_t mode;
    uint16_t at_rate; /* mA, or 10 mW; negative: out of the cell */
    uint8_t reg;
    uint8_t written; /* bytes of this transfer; the first is a register */
    uint8_t low;
    uint8_t bytes[1 + SBS_TEXT]; /* what this transfer reads, */
    uint8_t at, count;
};

void vgauge_reset(struct vgauge *gauge);

/* The transfers of i2cslave.h. */
void vgauge_start(struct vgauge *gauge, bool read);
bool vgauge_write(struct vgauge *gauge, uint8_t byte);
uint8_t vgauge_read(struct vgauge *gauge);

#endif
