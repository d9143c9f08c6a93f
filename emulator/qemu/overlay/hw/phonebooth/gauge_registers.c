/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Battery gauge: its registers, Smart Battery Data Specification 1.1, chapter 5.1. */
#include "qemu/osdep.h"
#include "gauge_sbs.h"

enum {
    REG_CAPACITY_ALARM = 0x01,
    REG_TIME_ALARM = 0x02,
    REG_MODE = 0x03,
    REG_AT_RATE = 0x04,
    REG_STRINGS = 0x20,
};

#define MODE_CAPACITY BIT(15) /* 10 mWh instead of mAh; the mode's only bit that can be written */

/* BatteryStatus, 5.1.21 */
#define STATUS_TERMINATE_CHARGE    BIT(14)
#define STATUS_TERMINATE_DISCHARGE BIT(11)
#define STATUS_REMAINING_CAPACITY  BIT(9)
#define STATUS_REMAINING_TIME      BIT(8)
#define STATUS_INITIALIZED         BIT(7)
#define STATUS_DISCHARGING         BIT(6)
#define STATUS_FULLY_CHARGED       BIT(5)
#define STATUS_FULLY_DISCHARGED    BIT(4)

#define SPECIFICATION 0x0021                            /* version 1.1 without PEC, revision 1 */
#define MADE_ON       ((2026 - 1980) << 9 | 1 << 5 | 1) /* 5.1.26 */

static const char *const strings[] = {"Phonebooth", "PB-4000", "LION"};

void gauge_registers_reset(GaugeState *s)
{
    s->capacity_alarm = BATTERY_CAPACITY_MAH / 10;
    s->time_alarm = 10;
    s->mode = s->at_rate = 0;
    s->reg = 0;
}

static unsigned in_unit(const GaugeState *s, unsigned mah)
{
    return s->mode & MODE_CAPACITY ? mah * BATTERY_NOMINAL_MV / 10000 : mah;
}

static uint16_t status(const GaugeState *s)
{
    const Battery *b = &s->battery;
    const unsigned left = battery_minutes_to_empty(b, battery_average_ma(b));
    uint16_t value = STATUS_INITIALIZED;

    value |= b->charging ? 0 : STATUS_DISCHARGING;
    value |= battery_is_full(b) ? STATUS_FULLY_CHARGED | STATUS_TERMINATE_CHARGE : 0;
    value |= battery_is_empty(b) ? STATUS_FULLY_DISCHARGED : 0;
    value |= battery_is_empty(b) && !b->charger ? STATUS_TERMINATE_DISCHARGE : 0;
    if (in_unit(s, battery_remaining_mah(b)) < s->capacity_alarm && !b->charger) {
        value |= STATUS_REMAINING_CAPACITY;
    }
    return left < s->time_alarm ? value | STATUS_REMAINING_TIME : value;
}

/* Registers 0x08 to 0x1c: what is measured and what is fixed. */
static uint16_t measured(const GaugeState *s, uint8_t reg)
{
    const Battery *b = &s->battery;
    const int average = battery_average_ma(b);

    switch (reg) {
    case 0x08:
        return battery_temperature(b);
    case 0x09:
        return battery_voltage_mv(b);
    case 0x0a:
        return battery_current_ma(b);
    case 0x0b:
        return average;
    case 0x0c: /* MaxError, % */
        return 1;
    case 0x0d: /* RelativeStateOfCharge, and of the design capacity */
    case 0x0e:
        return battery_level(b);
    case 0x0f:
        return in_unit(s, battery_remaining_mah(b));
    case 0x10: /* FullChargeCapacity, DesignCapacity */
    case 0x18:
        return in_unit(s, BATTERY_CAPACITY_MAH);
    case 0x11: /* RunTimeToEmpty, AverageTimeToEmpty */
        return battery_minutes_to_empty(b, battery_current_ma(b));
    case 0x12:
        return battery_minutes_to_empty(b, average);
    case 0x13:
        return battery_minutes_to_full(b, average);
    case 0x14: /* what it wants of a charger */
        return battery_is_full(b) ? 0 : BATTERY_CHARGE_MA;
    case 0x15:
        return BATTERY_CHARGE_MV;
    case 0x16:
        return status(s);
    case 0x17: /* CycleCount */
        return 1;
    case 0x19:
        return BATTERY_NOMINAL_MV;
    case 0x1a:
        return SPECIFICATION;
    case 0x1b:
        return MADE_ON;
    case 0x1c: /* SerialNumber */
        return 1;
    default:
        return 0;
    }
}

static uint16_t word(const GaugeState *s, uint8_t reg)
{
    const Battery *b = &s->battery;
    const int16_t rate = s->at_rate;

    switch (reg) {
    case REG_CAPACITY_ALARM:
        return s->capacity_alarm;
    case REG_TIME_ALARM:
        return s->time_alarm;
    case REG_MODE:
        return s->mode;
    case REG_AT_RATE:
        return s->at_rate;
    case 0x05:
        return battery_minutes_to_full(b, rate);
    case 0x06:
        return battery_minutes_to_empty(b, rate);
    case 0x07: /* AtRateOK: ten seconds of that are left */
        return rate >= 0 || battery_remaining_mah(b) > 0;
    default:
        return measured(s, reg);
    }
}

void gauge_registers_write(GaugeState *s, uint8_t reg, uint16_t value)
{
    switch (reg) {
    case REG_CAPACITY_ALARM:
        s->capacity_alarm = value;
        break;
    case REG_TIME_ALARM:
        s->time_alarm = value;
        break;
    case REG_MODE:
        s->mode = value & MODE_CAPACITY;
        break;
    case REG_AT_RATE:
        s->at_rate = value;
        break;
    default:
        break;
    }
}

void gauge_registers_read(GaugeState *s)
{
    const unsigned string = s->reg - REG_STRINGS;
    uint16_t value;

    gauge_follow(s);
    s->at = 0;
    if (string < ARRAY_SIZE(strings)) {
        s->bytes[0] = strlen(strings[string]);
        memcpy(s->bytes + 1, strings[string], s->bytes[0]);
        s->count = 1 + s->bytes[0];
        return;
    }
    value = word(s, s->reg);
    s->bytes[0] = value;
    s->bytes[1] = value >> 8;
    s->count = 2;
}
