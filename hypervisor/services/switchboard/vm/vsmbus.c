/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/vsmbus.h"

#include "drivers/gauge.h"
#include "vm/line.h"
#include "vm/slimpro.h"
#include "vm/vgauge.h"
#include "vm/vms.h"

#include "el1/kept.h"
#include "el1/restart.h"
#include "phonebooth/table.h"

#define ALERT_RESPONSE 0x0cu
#define ROOM_KELVIN    2981u /* tenths, 25 degrees Celsius */
#define PERCENT        100u

enum addressed { NOBODY, GAUGE, RESPONSE };

static KEPT struct bus {
    const struct vm *vm;
    struct slimpro mailbox;
    struct vgauge gauge;
    struct sbs_values fixed; /* of a gauge that does not show what the board's says */
    enum vm_view battery;
    enum addressed addressed;
    bool alert;
    bool line, alert_line; /* as the guest's interrupt controller has them */
} buses[PB_MAX_VMS];       /* by vm->id */

/* ---- The bus ------------------------------------------------------------------------------- */

static bool start(void *owner, uint8_t address, bool read)
{
    struct bus *bus = owner;

    bus->addressed = NOBODY;
    if (address == VGAUGE_ADDRESS && bus->battery != VM_VIEW_ABSENT) {
        bus->addressed = GAUGE;
        if (read && bus->battery == VM_VIEW_REAL) {
            gauge_refresh();
        }
        vgauge_start(&bus->gauge, read);
    } else if (address == ALERT_RESPONSE && read && bus->alert) {
        bus->addressed = RESPONSE;
        bus->alert = false;
    }
    return bus->addressed != NOBODY;
}

static bool write(void *owner, uint8_t byte)
{
    struct bus *bus = owner;

    return bus->addressed == GAUGE && vgauge_write(&bus->gauge, byte);
}

static uint8_t read(void *owner)
{
    struct bus *bus = owner;

    switch (bus->addressed) {
    case GAUGE:
        return vgauge_read(&bus->gauge);
    case RESPONSE:
        return VGAUGE_ADDRESS << 1;
    default:
        return 0xff;
    }
}

static void stop(void *owner)
{
    ((struct bus *)owner)->addressed = NOBODY;
}

const struct i2c_bus_ops vsmbus_ops = {start, write, read, stop};

void *vsmbus_of(const struct vm *vm)
{
    return &buses[vm->id];
}

/* ---- For the VMs --------------------------------------------------------------------------- */

static void *map(void *owner, uint64_t address, uint64_t bytes)
{
    return vm_map(((const struct bus *)owner)->vm, address, bytes);
}

void vsmbus_update(const struct vm *vm)
{
    struct bus *bus = &buses[vm->id];

    line_set(vm, VM_MAILBOX_INTID, &bus->line, slimpro_line(&bus->mailbox));
    line_set(vm, VM_SMBALERT_INTID, &bus->alert_line, bus->alert);
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

/* The mode is that which a phone's firmware leaves: energy, which is what UPower asks for, so that
 * the driver need not change it and back for each value. */
static void reset(struct bus *bus)
{
    vgauge_reset(&bus->gauge);
    bus->gauge.mode = SBS_MODE_POWER;
    bus->addressed = NOBODY;
    bus->alert = false;
}

static void init_vm(const struct vm *vm)
{
    struct bus *bus = &buses[vm->id];
    const struct vm_config *config = vms_config(vm);

    bus->vm = vm;
    bus->battery = config->battery;
    fix(&bus->fixed, gauge_values(), config->battery_level);
    bus->gauge.values = bus->battery == VM_VIEW_REAL ? gauge_values() : &bus->fixed;
    bus->gauge.serial = (uint16_t)vm->id;
    bus->mailbox.ops = &vsmbus_ops;
    bus->mailbox.owner = bus;
    bus->mailbox.map = map;
    if (restart_kind() != RESTART_KEEPS) {
        reset(bus);
    }
    if (vm->bus.pages) {
        bus->mailbox.regs =
            (volatile uint32_t *)(volatile void *)(vm->bus.pages + VM_MAILBOX_OFFSET);
        slimpro_show(&bus->mailbox);
    }
}

void vsmbus_init(void)
{
    for (unsigned i = 0; i < vm_count(); i++) {
        init_vm(vm_at(i));
    }
}

void vsmbus_write(const struct vm *vm, uint32_t offset, uint32_t value)
{
    slimpro_write(&buses[vm->id].mailbox, offset, value);
    vsmbus_update(vm);
}

void vsmbus_gauge_changed(void)
{
    for (unsigned i = 0; i < vm_count(); i++) {
        const struct vm *vm = vm_at(i);
        struct bus *bus = &buses[vm->id];

        if (vm->kind == PB_KIND_PERSONA && bus->battery == VM_VIEW_REAL) {
            bus->alert = vm->state != PB_VM_OFF;
            vsmbus_update(vm);
        }
    }
}

void vsmbus_reset_vm(const struct vm *vm)
{
    struct bus *bus = &buses[vm->id];

    reset(bus);
    bus->line = bus->alert_line = false;
    if (vm->bus.pages) {
        slimpro_reset(&bus->mailbox);
    }
}
