/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/vi2c.h"

#include "drivers/hub.h"
#include "vm/dwi2c.h"
#include "vm/line.h"
#include "vm/mtki2c.h"
#include "vm/vbacklight.h"
#include "vm/vhub.h"
#include "vm/vlights.h"
#include "vm/vms.h"
#include "vm/vsmbus.h"

#include "el1/kept.h"
#include "el1/restart.h"
#include "el1/timers.h"

enum addressed { NOBODY, HUB, BACKLIGHT, SMBUS };

static KEPT struct bus {
    const struct vm *vm;
    struct mtki2c controller;
    struct dwi2c without_dma; /* which of the two drives the bus is the guest's to choose */
    struct vhub hub;
    struct vbacklight backlight;
    void *smbus; /* what is behind that answers here, too */
    enum vm_view sensors;
    enum addressed addressed;
    bool line, hub_line; /* as the guest's interrupt controller has them */
} buses[PB_MAX_VMS];     /* by vm->id */

/* Until sensors tell again what they are. */
static struct timer repeats[PB_MAX_VMS]; /* by vm->id, their owner */

/* The board's sensors that some guest listens to. */
static bool listened[HID_REPORTS + 1];

/* ---- The bus ------------------------------------------------------------------------------- */

static bool start(void *owner, uint8_t address, bool read)
{
    struct bus *bus = owner;

    bus->addressed = NOBODY;
    if (address == VHUB_ADDRESS && bus->sensors != VM_VIEW_ABSENT && hub_get()->tree_len) {
        bus->addressed = HUB;
        vhub_start(&bus->hub, read);
    } else if (address == VBACKLIGHT_ADDRESS) {
        bus->addressed = BACKLIGHT;
        vbacklight_start(&bus->backlight, read);
    } else if (vsmbus_ops.start(bus->smbus, address, read)) {
        bus->addressed = SMBUS;
    }
    return bus->addressed != NOBODY;
}

static bool write(void *owner, uint8_t byte)
{
    struct bus *bus = owner;

    switch (bus->addressed) {
    case HUB:
        return vhub_write(&bus->hub, byte);
    case BACKLIGHT:
        return vbacklight_write(&bus->backlight, byte);
    case SMBUS:
        return vsmbus_ops.write(bus->smbus, byte);
    default:
        return false;
    }
}

static uint8_t read(void *owner)
{
    struct bus *bus = owner;

    switch (bus->addressed) {
    case HUB:
        return vhub_read(&bus->hub);
    case BACKLIGHT:
        return vbacklight_read(&bus->backlight);
    case SMBUS:
        return vsmbus_ops.read(bus->smbus);
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
    } else if (bus->addressed == SMBUS) {
        vsmbus_ops.stop(bus->smbus);
    }
    bus->addressed = NOBODY;
}

static const struct i2c_bus_ops ops = {start, write, read, stop};

/* ---- For the VMs --------------------------------------------------------------------------- */

static void update(const struct vm *vm, struct bus *bus)
{
    line_set(vm, VM_I2C_INTID, &bus->line,
             mtki2c_line(&bus->controller) || dwi2c_line(&bus->without_dma));
    line_set(vm, VM_HUB_INTID, &bus->hub_line, vhub_line(&bus->hub));
}

static void repeat(struct timer *timer)
{
    const struct vm *vm = timer->owner;
    struct bus *bus = &buses[vm->id];

    vhub_repeat(&bus->hub);
    update(vm, bus);
    start_repeating(bus);
}

static void *map(void *owner, uint64_t address, uint64_t bytes)
{
    return vm_map(((const struct bus *)owner)->vm, address, bytes);
}

static uint32_t access(struct bus *bus, uint32_t offset, bool write, uint32_t value)
{
    uint32_t result = 0;

    if (offset < VI2C_DMA && write) {
        dwi2c_write(&bus->without_dma, offset, value);
    } else if (offset < VI2C_DMA) {
        result = dwi2c_read(&bus->without_dma, offset);
    } else if (write) {
        mtki2c_write(&bus->controller, offset - VI2C_DMA, value);
    } else {
        result = mtki2c_read(&bus->controller, offset - VI2C_DMA);
    }
    return result;
}

static void init_vm(struct vm *vm)
{
    struct bus *bus = &buses[vm->id];

    bus->vm = vm;
    bus->controller.ops = bus->without_dma.ops = &ops;
    bus->controller.owner = bus->without_dma.owner = bus;
    bus->controller.map = map;
    bus->smbus = vsmbus_of(vm);
    bus->sensors = vms_config(vm)->sensors;
    bus->hub.hub = hub_get();
    bus->hub.poll = bus->sensors == VM_VIEW_REAL ? hub_poll : NULL;
    if (restart_kind() != RESTART_KEEPS) {
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
    const uint32_t result = access(bus, offset, write, value);

    if (write) {
        vlights_backlight(vm, vbacklight_level(&bus->backlight));
    }
    update(vm, bus);
    vsmbus_update(vm);
    return result;
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

    mtki2c_reset(&bus->controller);
    dwi2c_reset(&bus->without_dma);
    vhub_reset(&bus->hub);
    vbacklight_reset(&bus->backlight);
    listen();
    bus->line = bus->hub_line = false;
}
