/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The battery behind the gauge, docs/board/gauge.md: one lithium-ion cell, its charger, and what
 * the board draws. Integer arithmetic on the machine's time alone, so that a run can be repeated.
 * Knows no bus and nothing of QEMU.
 */
#ifndef HW_PHONEBOOTH_BATTERY_H
#define HW_PHONEBOOTH_BATTERY_H

#include <stdbool.h>
#include <stdint.h>

#define BATTERY_CAPACITY_MAH 4000
#define BATTERY_NOMINAL_MV   3850
#define BATTERY_CHARGE_MV    4200 /* the charger's voltage, */
#define BATTERY_CHARGE_MA    2000 /* and the most that it gives to the cell */
#define BATTERY_SPEED_MAX    3600
#define BATTERY_NEVER        65535 /* minutes: SBS 1.1 */

typedef struct Battery {
    int64_t charge_uas;     /* uA s left in the cell */
    int64_t current_ua;     /* into the cell; negative: out of it */
    int64_t average_ua;     /* over about a minute */
    int64_t temperature_mk; /* millikelvin */
    int64_t empty_ns;       /* machine's time since it is empty and without charger */
    bool charger;           /* plugged in */
    bool charging;          /* the charger fills the cell */
    uint32_t speed;         /* seconds of battery for a second of machine: 1..BATTERY_SPEED_MAX */
} Battery;

/* What the board draws, apart from what it always draws. */
typedef struct BatteryLoad {
    uint32_t backlight; /* 0 (the panel is off) to 255 */
    uint32_t busy;      /* thousandths of a CPU that executes */
} BatteryLoad;

/* Full, plugged in, at rest. */
void battery_init(Battery *b);

/* @ns of the machine's time pass with @load. */
void battery_advance(Battery *b, int64_t ns, const BatteryLoad *load);

/* @percent: 0..100. */
void battery_set_level(Battery *b, unsigned percent);
void battery_set_charger(Battery *b, bool plugged);

/* Percent, rounded up: 0 is empty, 100 may be charging still. */
unsigned battery_level(const Battery *b);
unsigned battery_remaining_mah(const Battery *b);
unsigned battery_voltage_mv(const Battery *b);
int battery_current_ma(const Battery *b);
int battery_average_ma(const Battery *b);

/* Tenths of a kelvin. */
unsigned battery_temperature(const Battery *b);

bool battery_is_full(const Battery *b);
bool battery_is_empty(const Battery *b);

/* Minutes at @ma (negative: out of the cell), at most BATTERY_NEVER. */
unsigned battery_minutes_to_empty(const Battery *b, int ma);
unsigned battery_minutes_to_full(const Battery *b, int ma);

/* Empty for so long that its protection has switched it off. */
bool battery_has_cut_off(const Battery *b);

#endif
