/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sensors of the hub, docs/board/sensors.md: their reports as HID has them, and how these are
 * described. Knows no bus.
 */
#ifndef HW_PHONEBOOTH_SENSORS_H
#define HW_PHONEBOOTH_SENSORS_H

#include "migration/vmstate.h"

#define SENSORS            5
#define SENSOR_FIELDS      3  /* of one, at most */
#define SENSOR_REPORT_MAX  15 /* bytes of a report, its number included */
#define SENSOR_DESCRIPTORS 2048

/* A kind of sensor. Report n + 1 is that of sensor n. */
typedef struct SensorKind {
    const char *name; /* also the property's */
    const char *unit; /* of the property's numbers */
    uint8_t usage;    /* HID Usage Tables 1.5, chapter 30: page 0x20 */
    uint16_t quantity;
    uint16_t field[SENSOR_FIELDS]; /* usages of the values */
    uint8_t fields;
    uint8_t bytes;    /* of a value */
    uint8_t exponent; /* HID: low nibble, two's complement */
    int32_t least, most;
    int32_t start[SENSOR_FIELDS]; /* values when the board is made */
} SensorKind;

extern const SensorKind sensor_kinds[SENSORS];

typedef struct Sensor {
    int32_t value[SENSOR_FIELDS];
    uint8_t reporting;    /* feature: 1 no events, 2 all, 3 those beyond a threshold */
    uint8_t power;        /* feature: 2 full power, 6 off */
    uint32_t interval;    /* feature, ms: kept */
    uint16_t sensitivity; /* feature: kept */
    bool waiting;         /* an input report is to be read */
} Sensor;

extern const VMStateDescription vmstate_sensor;

/* The report descriptor of all: its bytes. @to has room for SENSOR_DESCRIPTORS. */
unsigned sensors_describe(uint8_t *to);

/* What a driver has set is forgotten; values stay. */
void sensor_reset(Sensor *s);

/* It tells of changes. */
bool sensor_is_on(const Sensor *s);

/* Input and feature report of sensor @n: bytes put into @to (SENSOR_REPORT_MAX). @polled: it was
 * asked for. */
unsigned sensor_input(const Sensor *s, unsigned n, bool polled, uint8_t *to);
unsigned sensor_feature(const Sensor *s, unsigned n, uint8_t *to);

/* A feature report without its number; one that is too short changes nothing. */
void sensor_set_feature(Sensor *s, const uint8_t *from, unsigned size);

#endif
