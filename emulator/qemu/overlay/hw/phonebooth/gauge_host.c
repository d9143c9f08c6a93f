/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Battery gauge: the properties by which the host sets and sees the battery. */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "gauge_sbs.h"

static int64_t get_level(const Battery *b)
{
    return battery_level(b);
}

static void set_level(Battery *b, int64_t value)
{
    battery_set_level(b, value);
}

static int64_t get_charger(const Battery *b)
{
    return b->charger;
}

static void set_charger(Battery *b, int64_t value)
{
    battery_set_charger(b, value);
}

static int64_t get_speed(const Battery *b)
{
    return b->speed;
}

static void set_speed(Battery *b, int64_t value)
{
    b->speed = value;
}

static int64_t get_charging(const Battery *b)
{
    return b->charging;
}

static int64_t get_voltage(const Battery *b)
{
    return battery_voltage_mv(b);
}

static int64_t get_current(const Battery *b)
{
    return battery_current_ma(b);
}

static int64_t get_temperature(const Battery *b)
{
    return battery_temperature(b);
}

static int64_t get_remaining(const Battery *b)
{
    return battery_remaining_mah(b);
}

/* Numbers; those with `set` can be set, to 0 or `least` up to `most`. */
static const struct property {
    const char *name;
    int64_t (*get)(const Battery *b);
    void (*set)(Battery *b, int64_t value);
    int64_t least, most;
    const char *description;
} properties[] = {
    {"level", get_level, set_level, 0, 100, "percent"},
    {"charger", get_charger, set_charger, 0, 1, "1: plugged in"},
    {"speed", get_speed, set_speed, 1, BATTERY_SPEED_MAX, "battery's seconds in one"},
    {"charging", get_charging, NULL, 0, 0, "1: the charger fills the cell"},
    {"voltage", get_voltage, NULL, 0, 0, "mV"},
    {"current", get_current, NULL, 0, 0, "mA into the cell"},
    {"temperature", get_temperature, NULL, 0, 0, "tenths of a kelvin"},
    {"remaining", get_remaining, NULL, 0, 0, "mAh"},
};

static void get_property(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    const struct property *property = opaque;
    GaugeState *s = GAUGE_SBS(obj);
    int64_t value;

    gauge_follow(s);
    value = property->get(&s->battery);
    visit_type_int(v, name, &value, errp);
}

static void set_property(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    const struct property *property = opaque;
    GaugeState *s = GAUGE_SBS(obj);
    int64_t value;

    if (!visit_type_int(v, name, &value, errp)) {
        return;
    }
    if (value < property->least || value > property->most) {
        error_setg(errp, "%s: %" PRId64 " to %" PRId64, name, property->least, property->most);
        return;
    }
    gauge_follow(s);
    property->set(&s->battery, value);
    gauge_announce(s);
}

void gauge_add_properties(ObjectClass *oc)
{
    for (int i = 0; i < ARRAY_SIZE(properties); i++) {
        object_class_property_add(oc, properties[i].name, "int", get_property,
                                  properties[i].set ? set_property : NULL, NULL,
                                  (void *)&properties[i]);
        object_class_property_set_description(oc, properties[i].name, properties[i].description);
    }
}
