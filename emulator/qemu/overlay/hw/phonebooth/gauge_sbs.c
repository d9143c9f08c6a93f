/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Battery gauge on SMBus, Smart Battery Data Specification 1.1, and the charger's line. Data sheet:
 * docs/board/gauge.md. Linux: sbs-battery, i2c-smbus, gpio-charger.
 *
 * The output "alert" is 1 while the gauge holds SMBALERT# low; "charger" is 1 while a charger is
 * plugged in. The model behind is battery.c; the host sets and reads it by properties.
 */
#include "qemu/osdep.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "hw/core/cpu.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "system/runstate.h"
#include "gauge_sbs.h"
#include "news.h"

#define ALERT_RESPONSE 0x0c /* SMBus 2.0, appendix A.2 */
#define TICK_NS        NANOSECONDS_PER_SECOND
#define BUSY_WEIGHT    8 /* looks at the CPUs that an average is made of */

/* ---- The battery --------------------------------------------------------------------------- */

static void look_at_cpus(GaugeState *s)
{
    unsigned running = 0;
    CPUState *cpu;

    CPU_FOREACH (cpu) {
        running += !cpu->halted;
    }
    s->load.busy = (s->load.busy * (BUSY_WEIGHT - 1) + running * 1000) / BUSY_WEIGHT;
    s->load.backlight = s->display ? display_brightness(s->display) : 0;
}

void (*board_news)(const char *part);

/* What a host wants to hear of at once, in one number. */
static uint32_t what_changes(const GaugeState *s)
{
    const Battery *b = &s->battery;

    return battery_level(b) | b->charger << 8 | b->charging << 9;
}

void gauge_announce(GaugeState *s)
{
    qemu_set_irq(s->charger, s->battery.charger);
    if (what_changes(s) != s->told) {
        s->told = what_changes(s);
        board_tell("battery");
        s->alerting = true;
        qemu_set_irq(s->alert, 1);
    }
}

void gauge_follow(GaugeState *s)
{
    const int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

    battery_advance(&s->battery, now - s->now_ns, &s->load);
    s->now_ns = now;
}

static void gauge_tick(void *opaque)
{
    GaugeState *s = opaque;

    look_at_cpus(s);
    gauge_follow(s);
    gauge_announce(s);
    if (battery_has_cut_off(&s->battery)) {
        qemu_system_shutdown_request(SHUTDOWN_CAUSE_GUEST_SHUTDOWN);
    }
    timer_mod(s->tick, s->now_ns + TICK_NS);
}

/* ---- Bus ----------------------------------------------------------------------------------- */

static bool gauge_match(I2CSlave *i2c, uint8_t address, bool broadcast, I2CNodeList *devices)
{
    GaugeState *s = GAUGE_SBS(i2c);
    I2CNode *node;

    s->responding = address == ALERT_RESPONSE && s->alerting;
    if (address != i2c->address && !s->responding) {
        return false;
    }
    node = g_new(I2CNode, 1);
    node->elt = i2c;
    QLIST_INSERT_HEAD(devices, node, next);
    return true;
}

/* Whose alert it is; after that it is over. */
static void respond(GaugeState *s)
{
    s->bytes[0] = I2C_SLAVE(s)->address << 1;
    s->at = 0;
    s->count = 1;
    s->alerting = false;
    qemu_set_irq(s->alert, 0);
}

static int gauge_event(I2CSlave *i2c, enum i2c_event event)
{
    GaugeState *s = GAUGE_SBS(i2c);

    switch (event) {
    case I2C_START_SEND:
        s->addressed = true;
        s->written = 0;
        return s->responding; /* the alert response address is only read */
    case I2C_START_RECV:
        if (s->responding) {
            respond(s);
        } else {
            gauge_registers_read(s);
        }
        return 0;
    default:
        return 0;
    }
}

static uint8_t gauge_recv(I2CSlave *i2c)
{
    GaugeState *s = GAUGE_SBS(i2c);

    return s->at < s->count ? s->bytes[s->at++] : 0xff;
}

static int gauge_send(I2CSlave *i2c, uint8_t value)
{
    GaugeState *s = GAUGE_SBS(i2c);

    if (s->addressed) {
        s->addressed = false;
        s->reg = value;
    } else if (s->written++ == 0) {
        s->low = value;
    } else if (s->written == 2) {
        gauge_registers_write(s, s->reg, value << 8 | s->low);
    } else {
        s->written = 3;
        return -1; /* no register is longer */
    }
    return 0;
}

/* ---- The device ---------------------------------------------------------------------------- */

/* What hosts wrote is forgotten; the cell has what it has. */
static void gauge_reset_hold(Object *obj, ResetType type)
{
    GaugeState *s = GAUGE_SBS(obj);

    gauge_registers_reset(s);
    s->addressed = s->alerting = s->responding = false;
    s->at = s->count = s->written = 0;
    s->told = what_changes(s);
}

static void gauge_reset_exit(Object *obj, ResetType type)
{
    GaugeState *s = GAUGE_SBS(obj);

    qemu_set_irq(s->alert, 0);
    qemu_set_irq(s->charger, s->battery.charger);
    timer_mod(s->tick, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + TICK_NS);
}

static const VMStateDescription battery_vmstate = {
    .name = "phonebooth-battery",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields =
        (const VMStateField[]){
            VMSTATE_INT64(charge_uas, Battery),
            VMSTATE_INT64(current_ua, Battery),
            VMSTATE_INT64(average_ua, Battery),
            VMSTATE_INT64(temperature_mk, Battery),
            VMSTATE_INT64(empty_ns, Battery),
            VMSTATE_BOOL(charger, Battery),
            VMSTATE_BOOL(charging, Battery),
            VMSTATE_UINT32(speed, Battery),
            VMSTATE_END_OF_LIST(),
        },
};

/* What is read from a file must not lead out of the ranges that the code relies on. */
static int gauge_post_load(void *opaque, int version_id)
{
    const GaugeState *s = opaque;

    return battery_level(&s->battery) <= 100 && s->battery.charge_uas >= 0 &&
                   s->battery.speed - 1 < BATTERY_SPEED_MAX && s->count <= sizeof(s->bytes)
               ? 0
               : -EINVAL;
}

static const VMStateDescription gauge_vmstate = {
    .name = TYPE_GAUGE_SBS,
    .version_id = 1,
    .minimum_version_id = 1,
    .post_load = gauge_post_load,
    .fields =
        (const VMStateField[]){
            VMSTATE_I2C_SLAVE(parent_obj, GaugeState),
            VMSTATE_TIMER_PTR(tick, GaugeState),
            VMSTATE_STRUCT(battery, GaugeState, 1, battery_vmstate, Battery),
            VMSTATE_INT64(now_ns, GaugeState),
            VMSTATE_UINT32(load.backlight, GaugeState),
            VMSTATE_UINT32(load.busy, GaugeState),
            VMSTATE_UINT32(told, GaugeState),
            VMSTATE_BOOL(alerting, GaugeState),
            VMSTATE_BOOL(responding, GaugeState),
            VMSTATE_UINT16(capacity_alarm, GaugeState),
            VMSTATE_UINT16(time_alarm, GaugeState),
            VMSTATE_UINT16(mode, GaugeState),
            VMSTATE_UINT16(at_rate, GaugeState),
            VMSTATE_BOOL(addressed, GaugeState),
            VMSTATE_UINT8(reg, GaugeState),
            VMSTATE_UINT8_ARRAY(bytes, GaugeState, 1 + GAUGE_BLOCK_MAX),
            VMSTATE_UINT8(at, GaugeState),
            VMSTATE_UINT8(count, GaugeState),
            VMSTATE_UINT8(low, GaugeState),
            VMSTATE_UINT8(written, GaugeState),
            VMSTATE_END_OF_LIST(),
        },
};

static void gauge_init(Object *obj)
{
    GaugeState *s = GAUGE_SBS(obj);

    battery_init(&s->battery);
    qdev_init_gpio_out_named(DEVICE(obj), &s->alert, "alert", 1);
    qdev_init_gpio_out_named(DEVICE(obj), &s->charger, "charger", 1);
}

static void gauge_realize(DeviceState *dev, Error **errp)
{
    GaugeState *s = GAUGE_SBS(dev);

    s->tick = timer_new_ns(QEMU_CLOCK_VIRTUAL, gauge_tick, s);
}

static const Property gauge_links[] = {
    DEFINE_PROP_LINK("display", GaugeState, display, TYPE_DISPLAY_ENGINE, DeviceState *),
};

static void gauge_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    I2CSlaveClass *i2c = I2C_SLAVE_CLASS(oc);

    dc->desc = "SBS battery gauge";
    dc->realize = gauge_realize;
    dc->vmsd = &gauge_vmstate;
    RESETTABLE_CLASS(oc)->phases.hold = gauge_reset_hold;
    RESETTABLE_CLASS(oc)->phases.exit = gauge_reset_exit;
    device_class_set_props(dc, gauge_links);
    gauge_add_properties(oc);
    set_bit(DEVICE_CATEGORY_MISC, dc->categories);
    i2c->match_and_add = gauge_match;
    i2c->event = gauge_event;
    i2c->recv = gauge_recv;
    i2c->send = gauge_send;
}

static const TypeInfo gauge_info = {
    .name = TYPE_GAUGE_SBS,
    .parent = TYPE_I2C_SLAVE,
    .instance_size = sizeof(GaugeState),
    .instance_init = gauge_init,
    .class_init = gauge_class_init,
};

static void gauge_register_types(void)
{
    type_register_static(&gauge_info);
}

type_init(gauge_register_types)
