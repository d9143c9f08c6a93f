/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sensor hub: HID over I2C, protocol specification 1.00. Data sheet: docs/board/sensors.md. Linux:
 * i2c-hid-of, hid-sensor-hub.
 */
#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "sensor_hub_private.h"

/* Registers, two bytes each. */
enum { REG_HID = 1, REG_REPORT = 2, REG_INPUT = 3, REG_COMMAND = 5, REG_DATA = 6 };

/* Opcodes, 7.2; report types */
enum { OP_RESET = 1, OP_GET_REPORT = 2, OP_SET_REPORT = 3, OP_SET_POWER = 8 };
enum { TYPE_INPUT = 1, TYPE_FEATURE = 3 };

#define HID_VERSION 0x0100
#define VENDOR      0x5042
#define PRODUCT     1
#define LENGTH      2 /* bytes of a length, which counts itself */

void hub_drive_int(HubState *s)
{
    bool waiting = s->reset_done;

    for (int n = 0; n < SENSORS; n++) {
        waiting |= s->sensor[n].waiting;
    }
    qemu_set_irq(s->irq, waiting);
}

/* ---- What is read -------------------------------------------------------------------------- */

static void hid_descriptor(HubState *s)
{
    QEMU_BUILD_BUG_ON(LENGTH + SENSOR_REPORT_MAX > HUB_DESCRIPTOR_BYTES);
    const uint16_t fields[HUB_DESCRIPTOR_BYTES / 2] = {HUB_DESCRIPTOR_BYTES,
                                                       HID_VERSION,
                                                       s->descriptor_bytes,
                                                       REG_REPORT,
                                                       REG_INPUT,
                                                       LENGTH + SENSOR_REPORT_MAX,
                                                       4,
                                                       0,
                                                       REG_COMMAND,
                                                       REG_DATA,
                                                       VENDOR,
                                                       PRODUCT,
                                                       1,
                                                       0,
                                                       0};

    for (int i = 0; i < ARRAY_SIZE(fields); i++) {
        stw_le_p(s->answer + 2 * i, fields[i]);
    }
    s->count = HUB_DESCRIPTOR_BYTES;
}

static void answer(HubState *s, unsigned count)
{
    stw_le_p(s->answer, LENGTH + count);
    s->count = LENGTH + count;
}

/* The oldest of what waits: the end of a reset, or the report of the first sensor that has one. */
static void next_input(HubState *s)
{
    if (s->reset_done) {
        s->reset_done = false;
        s->count = LENGTH; /* zeros */
        return;
    }
    for (int n = 0; n < SENSORS; n++) {
        if (s->sensor[n].waiting) {
            s->sensor[n].waiting = false;
            answer(s, sensor_input(&s->sensor[n], n, false, s->answer + LENGTH));
            return;
        }
    }
}

/* The answer to GET_REPORT; of a report that there is not, an empty one. */
static void get_report(HubState *s, uint8_t type, unsigned n)
{
    if (n >= SENSORS) {
        return;
    }
    if (type == TYPE_FEATURE) {
        answer(s, sensor_feature(&s->sensor[n], n, s->answer + LENGTH));
    } else if (type == TYPE_INPUT) {
        answer(s, sensor_input(&s->sensor[n], n, true, s->answer + LENGTH));
    }
}

static bool is_get_report(const HubState *s)
{
    return s->write_count == 6 && lduw_le_p(s->written) == REG_COMMAND &&
           (s->written[3] & 0xf) == OP_GET_REPORT;
}

/*
 * What the write just before asks for, whether a stop came between or not: a controller may make a
 * stop and a start of a repeated start. Else the next input report.
 */
static void prepare(HubState *s)
{
    const uint16_t reg = s->write_count == 2 ? lduw_le_p(s->written) : 0;

    memset(s->answer, 0, sizeof(s->answer));
    s->at = s->count = 0;
    s->descriptors = reg == REG_REPORT;
    if (reg == REG_HID) {
        hid_descriptor(s);
    } else if (reg == REG_REPORT) {
        s->count = s->descriptor_bytes;
    } else if (is_get_report(s)) {
        get_report(s, s->written[2] >> 4 & 3, (s->written[2] & 0xf) - 1u);
    } else {
        next_input(s);
    }
}

/* ---- What is written ----------------------------------------------------------------------- */

void hub_reset_sensors(HubState *s)
{
    for (int n = 0; n < SENSORS; n++) {
        sensor_reset(&s->sensor[n]);
    }
}

/* Command, data register, length, report. */
static void set_report(HubState *s)
{
    const unsigned head = 4 + 2 + LENGTH + 1;
    const unsigned n = (s->written[2] & 0xf) - 1u;
    Sensor *sensor;
    bool was;

    if (s->write_count < head || n >= SENSORS || (s->written[2] >> 4 & 3) != TYPE_FEATURE) {
        return;
    }
    sensor = &s->sensor[n];
    was = sensor_is_on(sensor);
    sensor_set_feature(sensor, s->written + head, s->write_count - head);
    sensor->waiting = sensor_is_on(sensor) && (sensor->waiting || !was);
}

/* The end of a write. */
static void execute(HubState *s)
{
    if (s->write_count < 4 || lduw_le_p(s->written) != REG_COMMAND) {
        return;
    }
    switch (s->written[3] & 0xf) {
    case OP_RESET:
        hub_reset_sensors(s);
        s->reset_done = true;
        break;
    case OP_SET_REPORT:
        set_report(s);
        break;
    default: /* SET_POWER: it needs none to speak of */
        break;
    }
}

/* ---- Bus ----------------------------------------------------------------------------------- */

int hub_event(I2CSlave *i2c, enum i2c_event event)
{
    HubState *s = SENSOR_HUB(i2c);

    switch (event) {
    case I2C_START_SEND:
        s->write_count = 0;
        break;
    case I2C_START_RECV:
        prepare(s);
        s->write_count = 0;
        break;
    case I2C_FINISH:
        execute(s);
        hub_drive_int(s);
        break;
    default:
        break;
    }
    return 0;
}

uint8_t hub_recv(I2CSlave *i2c)
{
    HubState *s = SENSOR_HUB(i2c);

    if (s->at >= s->count) {
        return 0;
    }
    return s->descriptors ? s->descriptor[s->at++] : s->answer[s->at++];
}

int hub_send(I2CSlave *i2c, uint8_t value)
{
    HubState *s = SENSOR_HUB(i2c);

    if (s->write_count == HUB_WRITE_MAX) {
        return -1;
    }
    s->written[s->write_count++] = value;
    return 0;
}
