/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sensor hub, docs/board/sensors.md: state, and what its files have of each other. */
#ifndef HW_PHONEBOOTH_SENSOR_HUB_PRIVATE_H
#define HW_PHONEBOOTH_SENSOR_HUB_PRIVATE_H

#include "hw/i2c/i2c.h"
#include "hw/irq.h"
#include "qom/object.h"
#include "board_parts.h"
#include "sensors.h"

OBJECT_DECLARE_SIMPLE_TYPE(HubState, SENSOR_HUB)

#define HUB_DESCRIPTOR_BYTES 30 /* the HID descriptor */
#define HUB_WRITE_MAX        32 /* bytes of a write: a command with a report */

struct HubState {
    I2CSlave parent_obj;

    qemu_irq irq;
    Sensor sensor[SENSORS];
    uint8_t descriptor[SENSOR_DESCRIPTORS]; /* made anew at each start */
    uint32_t descriptor_bytes;

    bool reset_done; /* the host is to read that a reset has been done */
    uint8_t written[HUB_WRITE_MAX];
    uint8_t write_count;
    uint8_t answer[HUB_DESCRIPTOR_BYTES]; /* what this transfer reads: this, or */
    bool descriptors;                     /* the report descriptor; */
    uint16_t at, count;
};

/* The output "int" is as what waits says. */
void hub_drive_int(HubState *s);

/* Of the sensors' features, as by the command RESET. */
void hub_reset_sensors(HubState *s);

/* ---- Bus (sensor_hub.c) ---------------------------------------------------------------------- */

int hub_event(I2CSlave *i2c, enum i2c_event event);
uint8_t hub_recv(I2CSlave *i2c);
int hub_send(I2CSlave *i2c, uint8_t value);

#endif
