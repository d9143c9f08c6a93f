/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Battery gauge, docs/board/gauge.md: what its files share. */
#ifndef HW_PHONEBOOTH_GAUGE_SBS_H
#define HW_PHONEBOOTH_GAUGE_SBS_H

#include "hw/i2c/i2c.h"
#include "battery.h"
#include "board_parts.h"

OBJECT_DECLARE_SIMPLE_TYPE(GaugeState, GAUGE_SBS)

#define GAUGE_BLOCK_MAX 32 /* bytes of a block of SMBus */

struct GaugeState {
    I2CSlave parent_obj;

    qemu_irq alert;
    qemu_irq charger;
    DeviceState *display; /* property: whose backlight it feeds; NULL: none */
    QEMUTimer *tick;

    Battery battery;
    int64_t now_ns; /* up to here the battery has been followed */
    BatteryLoad load;

    uint32_t told; /* what_changes() as it was last announced */
    bool alerting;
    bool responding; /* this transfer is for the alert response address */
    uint16_t capacity_alarm, time_alarm, mode, at_rate;
    bool addressed; /* the next byte written is a register number */
    uint8_t reg;
    uint8_t bytes[1 + GAUGE_BLOCK_MAX]; /* what this transfer reads, */
    uint8_t at;                         /* from here on, */
    uint8_t count;                      /* of so many */
    uint8_t low;                        /* of the word that is written */
    uint8_t written;                    /* bytes of it */
};

/* Follows the battery up to now. */
void gauge_follow(GaugeState *s);

/* Sets the charger's line, and the alert if there is news. */
void gauge_announce(GaugeState *s);

/* Registers have their values of a reset. */
void gauge_registers_reset(GaugeState *s);

/* Puts into @s->bytes what a read of register @s->reg gives, and how much that is. */
void gauge_registers_read(GaugeState *s);
void gauge_registers_write(GaugeState *s, uint8_t reg, uint16_t value);

/* The properties by which the host sets and sees the battery. */
void gauge_add_properties(ObjectClass *oc);

#endif
