/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object.h"
#include "machine/battery.h"

#define ZERO_CELSIUS 273.15

static Object *battery(void)
{
    return object_resolve_path("/machine/battery", NULL);
}

static void set(Object *gauge, const char *name, int64_t value)
{
    if (value != BATTERY_KEEP) {
        object_property_set_int(gauge, name, value, &error_abort);
    }
}

/* The level last: by then it is known whether it is charged. */
bool battery_set(const struct battery_change *change)
{
    Object *gauge = battery();

    if (gauge) {
        set(gauge, "speed", change->speed);
        set(gauge, "charger", change->charger);
        set(gauge, "level", change->level);
    }
    return gauge;
}

static int64_t get(Object *gauge, const char *name)
{
    return object_property_get_int(gauge, name, &error_abort);
}

bool battery_read(struct battery_state *state)
{
    Object *gauge = battery();

    if (!gauge) {
        return false;
    }
    *state = (struct battery_state){
        .level = get(gauge, "level"),
        .charger = get(gauge, "charger"),
        .charging = get(gauge, "charging"),
        .speed = get(gauge, "speed"),
        .voltage_mv = get(gauge, "voltage"),
        .current_ma = get(gauge, "current"),
        .temperature_c = (double)get(gauge, "temperature") / 10 - ZERO_CELSIUS,
        .remaining_mah = get(gauge, "remaining"),
    };
    return true;
}
