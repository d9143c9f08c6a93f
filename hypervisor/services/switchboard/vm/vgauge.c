/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vgauge.h"

#include <string.h>

#define ALARM_PERCENT 10u /* of the design capacity: SBS 1.1, 5.1.2 */
#define ALARM_MINUTES 10u
#define OWN_ALARMS    (SBS_STATUS_CAPACITY_ALARM | SBS_STATUS_TIME_ALARM)

void vgauge_reset(struct vgauge *gauge)
{
    *gauge = (struct vgauge){
        .values = gauge->values,
        .serial = gauge->serial,
        .capacity_alarm = (uint16_t)(gauge->values->word[SBS_DESIGN] * ALARM_PERCENT / 100),
        .time_alarm = ALARM_MINUTES,
    };
}

/* mAh or mA as the mode wants it. */
static uint16_t in_unit(const struct vgauge *gauge, uint32_t value)
{
    const uint32_t mv = gauge->values->word[SBS_DESIGN_MV];

    return (uint16_t)(gauge->mode & SBS_MODE_POWER ? value * mv / 10000 : value);
}

/* Minutes until so many units are gone by, at that rate a hour. */
static uint16_t minutes(uint32_t units, int32_t rate)
{
    const uint32_t result = rate > 0 ? units * 60 / (uint32_t)rate : SBS_NEVER;

    return (uint16_t)(result < SBS_NEVER ? result : SBS_NEVER);
}

static uint16_t at_rate(const struct vgauge *gauge, uint8_t reg)
{
    const uint32_t left = in_unit(gauge, gauge->values->word[SBS_REMAINING]);
    const uint32_t full = in_unit(gauge, gauge->values->word[SBS_FULL]);
    const int32_t rate = (int16_t)gauge->at_rate;

    if (reg == SBS_TO_FULL) {
        return minutes(full > left ? full - left : 0, rate);
    }
    return reg == SBS_TO_EMPTY ? minutes(left, -rate) : rate >= 0 || left;
}

/* The alarms are by the guest's own limits. */
static uint16_t status(const struct vgauge *gauge)
{
    const uint16_t *word = gauge->values->word;
    uint32_t value = word[SBS_STATUS] & ~OWN_ALARMS;

    if (!(value & SBS_STATUS_DISCHARGING) || !word[SBS_CURRENT]) {
        return (uint16_t)value;
    }
    value |=
        in_unit(gauge, word[SBS_REMAINING]) < gauge->capacity_alarm ? SBS_STATUS_CAPACITY_ALARM : 0;
    value |= word[SBS_AVERAGE_EMPTY] < gauge->time_alarm ? SBS_STATUS_TIME_ALARM : 0;
    return (uint16_t)value;
}

/* A word that the guest can write; NULL: it is not one. */
static uint16_t *own(struct vgauge *gauge, uint8_t reg)
{
    switch (reg) {
    case SBS_CAPACITY_ALARM:
        return &gauge->capacity_alarm;
    case SBS_TIME_ALARM:
        return &gauge->time_alarm;
    case SBS_MODE:
        return &gauge->mode;
    case SBS_AT_RATE:
        return &gauge->at_rate;
    default:
        return NULL;
    }
}

static uint16_t word(struct vgauge *gauge, uint8_t reg)
{
    const uint16_t *set = own(gauge, reg);

    if (set) {
        return *set;
    }
    switch (reg) {
    case SBS_TO_FULL:
    case SBS_TO_EMPTY:
    case SBS_RATE_OK:
        return at_rate(gauge, reg);
    case SBS_REMAINING:
    case SBS_FULL:
    case SBS_DESIGN:
        return in_unit(gauge, gauge->values->word[reg]);
    case SBS_STATUS:
        return status(gauge);
    case SBS_SERIAL:
        return gauge->serial;
    default:
        return reg >= SBS_TEMPERATURE && reg < SBS_WORDS ? gauge->values->word[reg] : 0;
    }
}

/* What a read of the register gives, as it is now: a transfer is of one piece. */
static void fetch(struct vgauge *gauge)
{
    const unsigned text = gauge->reg - SBS_MANUFACTURER;
    uint16_t value;

    gauge->at = 0;
    if (text < SBS_TEXTS) {
        gauge->bytes[0] = gauge->values->text_len[text];
        memcpy(gauge->bytes + 1, gauge->values->text[text], SBS_TEXT);
        gauge->count = (uint8_t)(1 + gauge->bytes[0]);
        return;
    }
    value = word(gauge, gauge->reg);
    gauge->bytes[0] = (uint8_t)value;
    gauge->bytes[1] = (uint8_t)(value >> 8);
    gauge->count = 2;
}

void vgauge_start(struct vgauge *gauge, bool read)
{
    gauge->written = 0;
    if (read) {
        fetch(gauge);
    }
}

static void store(struct vgauge *gauge, uint16_t value)
{
    uint16_t *to = own(gauge, gauge->reg);

    if (to) {
        *to = gauge->reg == SBS_MODE ? value & SBS_MODE_POWER : value;
    }
}

/* Register, low byte, high byte. */
bool vgauge_write(struct vgauge *gauge, uint8_t byte)
{
    switch (gauge->written) {
    case 0:
        gauge->reg = byte;
        break;
    case 1:
        gauge->low = byte;
        break;
    case 2:
        store(gauge, (uint16_t)(byte << 8 | gauge->low));
        break;
    default:
        return false;
    }
    gauge->written++;
    return true;
}

uint8_t vgauge_read(struct vgauge *gauge)
{
    return gauge->at < gauge->count ? gauge->bytes[gauge->at++] : 0xff;
}
