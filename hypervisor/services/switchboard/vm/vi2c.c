/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/vi2c.h"

#include "drivers/gauge.h"
#include "drivers/hub.h"
#include "vm/dwi2c.h"
#include "vm/vbacklight.h"
#include "vm/vgauge.h"
#include "vm/vhub.h"
#include "vm/vlights.h"
#include "vm/vms.h"

#include "el1/hvc.h"
#include "el1/kept.h"
#include "el1/restart.h"
#include "el1/timers.h"

#define ALERT_RESPONSE 0x0cu
#define ROOM_KELVIN    2981u /* tenths, 25 degrees Celsius */
#define PERCENT        100u

enum addressed { NOBODY, GAUGE, HUB, BACKLIGHT, RESPONSE };

static KEPT struct bus {
    struct dwi2c controller;
    struct vgauge gauge;
    struct sbs_values fixed; /* of a gauge that does not show what the board's says */
    struct vhub hub;
    struct vbacklight backlight;
    enum vm_view battery, sensors;
    enum addressed addressed;
    bool alert;
    bool line, alert_line, hub_line; /* as the guest's interrupt controller has them */
} buses[PB_MAX_VMS];                 /* by vm->id */

/* Until sensors tell again what they are. */
static struct timer repeats[PB_MAX_VMS]; /* by vm->id, their owner */

/* The board's sensors that some guest listens to. */
static bool listened[HID_REPORTS + 1];

/* ---- The bus ------------------------------------------------------------------------------- */

static void start_gauge(struct bus *bus, bool read)
{
    if (read && bus->battery == VM_VIEW_REAL) {
        gauge_refresh();
    }
    vgauge_start(&bus->gauge, read);
}

static bool start(void *owner, uint8_t address, bool read)
{
    struct bus *bus = owner;

    bus->addressed = NOBODY;
    if (address == VGAUGE_ADDRESS && bus->battery != VM_VIEW_ABSENT) {
        bus->addressed = GAUGE;
        start_gauge(bus, read);
    } else if (address == VHUB_ADDRESS && bus->sensors != VM_VIEW_ABSENT && hub_get()->tree_len) {
        bus->addressed = HUB;
        vhub_start(&bus->hub, read);
    } else if (address == VBACKLIGHT_ADDRESS) {
        bus->addressed = BACKLIGHT;
        vbacklight_start(&bus->backlight, read);
    } else if (address == ALERT_RESPONSE && read && bus->alert) {
        bus->addressed = RESPONSE;
        bus->alert = false;
    }
    return bus->addressed != NOBODY;
}

static bool write(void *owner, uint8_t byte)
{
    struct bus *bus = owner;

    switch (bus->addressed) {
    case GAUGE:
        return vgauge_write(&bus->gauge, byte);
    case HUB:
        return vhub_write(&bus->hub, byte);
    case BACKLIGHT:
        return vbacklight_write(&bus->backlight, byte);
    default:
        return false;
    }
}

static uint8_t read(void *owner)
{
    struct bus *bus = owner;

    switch (bus->addressed) {
    case GAUGE:
        return vgauge_read(&bus->gauge);
    case HUB:
        return vhub_read(&bus->hub);
    case BACKLIGHT:
        return vbacklight_read(&bus->backlight);
    case RESPONSE:
        return VGAUGE_ADDRESS << 1;
    default:
        return 0xff;
    }
}

static bool is_listened(unsigned number)
{
    for (unsigned id = 0; id < PB_MAX_VMS; id++) {
        if (buses[id].sensors == VM_VIEW_REAL && vhub_is_on(&buses[id].hub, number)) {
            return true;
        }
    }
    return false;
}

/* The board's sensors are on that somebody listens to. */
static void listen(void)
{
    for (unsigned number = 1; number <= HID_REPORTS; number++) {
        const bool on = is_listened(number);

        if (on != listened[number]) {
            listened[number] = on;
            hub_turn(number, on);
        }
    }
}

static void start_repeating(const struct bus *bus)
{
    struct timer *timer = &repeats[bus - buses];

    if (!timer->running && vhub_repeats(&bus->hub)) {
        timer_start(timer, VHUB_REPEAT_US);
    }
}

static void stop(void *owner)
{
    struct bus *bus = owner;

    if (bus->addressed == HUB) {
        vhub_stop(&bus->hub);
        listen();
        start_repeating(bus);
    }
    bus->addressed = NOBODY;
}

static const struct i2c_bus_ops ops = {start, write, read, stop};

/* ---- For the VMs --------------------------------------------------------------------------- */

static void set_line(const struct vm *vm, uint32_t intid, bool *line, bool level)
{
    if (*line != level) {
        *line = level;
        hvc(PB_CALL_VIRQ, vm->id, intid, level);
    }
}

static void update(const struct vm *vm, struct bus *bus)
{
    set_line(vm, VM_I2C_INTID, &bus->line, dwi2c_line(&bus->controller));
    set_line(vm, VM_SMBALERT_INTID, &bus->alert_line, bus->alert);
    set_line(vm, VM_HUB_INTID, &bus->hub_line, vhub_line(&bus->hub));
}

static void repeat(struct timer *timer)
{
    const struct vm *vm = timer->owner;
    struct bus *bus = &buses[vm->id];

    vhub_repeat(&bus->hub);
    update(vm, bus);
    start_repeating(bus);
}

/* A battery at rest that tells nothing: only its size and texts are the board's. */
static void fix(struct sbs_values *fixed, const struct sbs_values *real, uint32_t percent)
{
    uint16_t *word = fixed->word;

    *fixed = *real;
    word[SBS_TEMPERATURE] = ROOM_KELVIN;
    word[SBS_VOLTAGE] = word[SBS_DESIGN_MV];
    word[SBS_CURRENT] = word[SBS_AVERAGE] = 0;
    word[SBS_LEVEL] = word[SBS_LEVEL_DESIGN] = (uint16_t)percent;
    word[SBS_FULL] = word[SBS_DESIGN];
    word[SBS_REMAINING] = (uint16_t)(word[SBS_DESIGN] * percent / PERCENT);
    word[SBS_RUN_TO_EMPTY] = word[SBS_AVERAGE_EMPTY] = word[SBS_AVERAGE_FULL] = SBS_NEVER;
    word[SBS_STATUS] = SBS_STATUS_INITIALIZED | SBS_STATUS_DISCHARGING;
    word[SBS_STATUS] |= percent == PERCENT ? SBS_STATUS_FULL : 0;
    word[SBS_CYCLES] = 1;
}

static void init_vm(struct vm *vm)
{
    struct bus *bus = &buses[vm->id];
    const struct vm_config *config = vms_config(vm);

    bus->controller.ops = &ops;
    bus->controller.owner = bus;
    bus->battery = config->battery;
    fix(&bus->fixed, gauge_values(), config->battery_level);
    bus->gauge.values = bus->battery == VM_VIEW_REAL ? gauge_values() : &bus->fixed;
    bus->gauge.serial = (uint16_t)vm->id;
    bus->sensors = config->sensors;
    bus->hub.hub = hub_get();
    bus->hub.poll = bus->sensors == VM_VIEW_REAL ? hub_poll : NULL;
    if (restart_kind() != RESTART_KEEPS) {
        vgauge_reset(&bus->gauge);
        vhub_reset(&bus->hub);
        vbacklight_reset(&bus->backlight);
    }
    repeats[vm->id].fire = repeat;
    repeats[vm->id].owner = vm;
    start_repeating(bus);
}

void vi2c_init(void)
{
    for (unsigned i = 0; i < vm_count(); i++) {
        init_vm(vm_at(i));
    }
    listen();
}

uint32_t vi2c_access(struct vm *vm, uint32_t offset, bool write, uint32_t value)
{
    struct bus *bus = &buses[vm->id];
    uint32_t result = 0;

    if (write) {
        dwi2c_write(&bus->controller, offset, value);
        vlights_backlight(vm, vbacklight_level(&bus->backlight));
    } else {
        result = dwi2c_read(&bus->controller, offset);
    }
    update(vm, bus);
    return result;
}

void vi2c_gauge_changed(void)
{
    for (unsigned i = 0; i < vm_count(); i++) {
        const struct vm *vm = vm_at(i);
        struct bus *bus = &buses[vm->id];

        if (vm->kind == PB_KIND_PERSONA && bus->battery == VM_VIEW_REAL) {
            bus->alert = vm->state != PB_VM_OFF;
            update(vm, bus);
        }
    }
}

void vi2c_sensor_news(unsigned number, const struct hid_report *report)
{
    for (unsigned i = 0; i < vm_count(); i++) {
        const struct vm *vm = vm_at(i);
        struct bus *bus = &buses[vm->id];

        if (bus->sensors == VM_VIEW_REAL) {
            vhub_news(&bus->hub, number, report);
            update(vm, bus);
        }
    }
}

void vi2c_reset_vm(struct vm *vm)
{
    struct bus *bus = &buses[vm->id];

    dwi2c_reset(&bus->controller);
    vgauge_reset(&bus->gauge);
    vhub_reset(&bus->hub);
    vbacklight_reset(&bus->backlight);
    listen();
    bus->alert = bus->line = bus->alert_line = bus->hub_line = false;
}
