/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cell, its charger and the board's draw. Figures: docs/board/gauge.md, "Model". */
#include "battery.h"

#define SECOND_NS      INT64_C(1000000000)
#define CAPACITY_UAS   (INT64_C(1000) * BATTERY_CAPACITY_MAH * 3600)
#define STEP_NS        (10 * SECOND_NS) /* of the battery's time */
#define AVERAGE_NS     (60 * SECOND_NS)
#define WARMING_NS     (300 * SECOND_NS)
#define CUT_OFF_NS     (120 * SECOND_NS)
#define RESISTANCE     120 /* milliohm */
#define TAPER_PERCENT  80  /* from here on the charger gives less */
#define TAPER_END_UA   INT64_C(100000)
#define RECHARGE_BELOW 97 /* percent */

#define ALWAYS_UA        INT64_C(12000)
#define PANEL_UA         INT64_C(40000)
#define BACKLIGHT_UA     INT64_C(700) /* for each of 255 steps */
#define BUSY_UA          INT64_C(150) /* for each thousandth of a CPU */
#define AMBIENT_MK       INT64_C(298150)
#define UA_PER_MK        INT64_C(400)
#define BUSY_MK          INT64_C(2)
#define VOLTAGE_FLOOR_MV 3000

/* Without current, by percent. */
static const struct {
    int percent, mv;
} open_circuit[] = {{0, 3300},  {5, 3550},  {10, 3620}, {20, 3690},
                    {40, 3770}, {60, 3860}, {80, 3980}, {100, 4180}};

void battery_init(Battery *b)
{
    *b = (Battery){
        .charge_uas = CAPACITY_UAS, .temperature_mk = AMBIENT_MK, .charger = true, .speed = 1};
}

static int64_t draw_ua(const BatteryLoad *load)
{
    const int64_t panel = load->backlight ? PANEL_UA + load->backlight * BACKLIGHT_UA : 0;

    return ALWAYS_UA + panel + load->busy * BUSY_UA;
}

/* Constant current, then less and less. */
static int64_t charge_ua(const Battery *b)
{
    const int64_t most = BATTERY_CHARGE_MA * INT64_C(1000);
    const int64_t taper = CAPACITY_UAS / 100 * TAPER_PERCENT;

    if (b->charge_uas <= taper) {
        return most;
    }
    return most - (most - TAPER_END_UA) * (b->charge_uas - taper) / (CAPACITY_UAS - taper);
}

/* With the charger the board draws nothing from the cell. */
static int64_t current_ua(const Battery *b, const BatteryLoad *load)
{
    if (!b->charger) {
        return -draw_ua(load);
    }
    return b->charging ? charge_ua(b) : 0;
}

static int64_t toward(int64_t from, int64_t to, int64_t ns, int64_t constant_ns)
{
    return ns >= constant_ns ? to : from + (to - from) * ns / constant_ns;
}

static void step(Battery *b, int64_t ns, const BatteryLoad *load)
{
    int64_t warmth;

    b->current_ua = current_ua(b, load);
    b->charge_uas += b->current_ua * ns / SECOND_NS;
    if (b->charge_uas <= 0) {
        b->charge_uas = 0;
    } else if (b->charge_uas >= CAPACITY_UAS) {
        b->charge_uas = CAPACITY_UAS;
        b->charging = false;
        b->current_ua = b->charger ? 0 : b->current_ua;
    } else if (b->charger && battery_level(b) < RECHARGE_BELOW) {
        b->charging = true;
    }
    warmth = (b->current_ua < 0 ? -b->current_ua : b->current_ua) / UA_PER_MK;
    b->average_ua = toward(b->average_ua, b->current_ua, ns, AVERAGE_NS);
    b->temperature_mk =
        toward(b->temperature_mk, AMBIENT_MK + warmth + load->busy * BUSY_MK, ns, WARMING_NS);
}

void battery_advance(Battery *b, int64_t ns, const BatteryLoad *load)
{
    for (int64_t left = ns * b->speed; left > 0; left -= STEP_NS) {
        step(b, left < STEP_NS ? left : STEP_NS, load);
    }
    b->empty_ns = battery_is_empty(b) && !b->charger ? b->empty_ns + ns : 0;
}

void battery_set_level(Battery *b, unsigned percent)
{
    b->charge_uas = CAPACITY_UAS / 100 * percent;
    b->empty_ns = 0;
    battery_set_charger(b, b->charger);
}

void battery_set_charger(Battery *b, bool plugged)
{
    b->charger = plugged;
    b->charging = plugged && b->charge_uas < CAPACITY_UAS;
    b->current_ua = b->charging ? charge_ua(b) : plugged ? 0 : -ALWAYS_UA;
    b->average_ua = b->current_ua;
}

unsigned battery_level(const Battery *b)
{
    return (unsigned)((b->charge_uas * 100 + CAPACITY_UAS - 1) / CAPACITY_UAS);
}

unsigned battery_remaining_mah(const Battery *b)
{
    return (unsigned)(b->charge_uas / 3600 / 1000);
}

static int open_circuit_mv(const Battery *b)
{
    const int64_t permille = b->charge_uas * 1000 / CAPACITY_UAS;
    unsigned i = 1;

    while (open_circuit[i].percent * 10 < permille) {
        i++;
    }
    const int from = open_circuit[i - 1].percent * 10, to = open_circuit[i].percent * 10;
    const int low = open_circuit[i - 1].mv, high = open_circuit[i].mv;

    return low + (high - low) * ((int)permille - from) / (to - from);
}

unsigned battery_voltage_mv(const Battery *b)
{
    const int64_t mv = open_circuit_mv(b) + b->current_ua * RESISTANCE / 1000000;

    if (mv > BATTERY_CHARGE_MV) {
        return BATTERY_CHARGE_MV;
    }
    return mv < VOLTAGE_FLOOR_MV ? VOLTAGE_FLOOR_MV : (unsigned)mv;
}

int battery_current_ma(const Battery *b)
{
    return (int)(b->current_ua / 1000);
}

int battery_average_ma(const Battery *b)
{
    return (int)(b->average_ua / 1000);
}

unsigned battery_temperature(const Battery *b)
{
    return (unsigned)(b->temperature_mk / 100);
}

bool battery_is_full(const Battery *b)
{
    return b->charge_uas == CAPACITY_UAS;
}

bool battery_is_empty(const Battery *b)
{
    return b->charge_uas == 0;
}

static unsigned minutes(int64_t uas, int64_t ua)
{
    const int64_t result = ua > 0 ? uas / ua / 60 : BATTERY_NEVER;

    return result < BATTERY_NEVER ? (unsigned)result : BATTERY_NEVER;
}

unsigned battery_minutes_to_empty(const Battery *b, int ma)
{
    return minutes(b->charge_uas, -INT64_C(1000) * ma);
}

unsigned battery_minutes_to_full(const Battery *b, int ma)
{
    return minutes(CAPACITY_UAS - b->charge_uas, INT64_C(1000) * ma);
}

bool battery_has_cut_off(const Battery *b)
{
    return b->empty_ns >= CUT_OFF_NS;
}
