/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "slots.h"
#include "slots_devices.h"

#include "storage/block.h"

void slots_touch(struct vm *vm, unsigned contact, enum touch_action action, uint32_t x, uint32_t y)
{
    if (slots_of(vm)) {
        touch_contact(&slots_of(vm)->touch, contact, action, x, y);
    }
}

void slots_touch_sync(struct vm *vm)
{
    if (slots_of(vm)) {
        touch_sync(&slots_of(vm)->touch);
    }
}

enum keys_result slots_key(struct vm *vm, uint16_t code, unsigned value, uint32_t *number)
{
    if (!slots_of(vm)) {
        return KEYS_NO_DRIVER;
    }
    return keys_key(&slots_of(vm)->keys, code, value, number);
}

enum keys_result slots_wheel(struct vm *vm, int steps, uint32_t *number)
{
    if (!slots_of(vm)) {
        return KEYS_NO_DRIVER;
    }
    return keys_wheel(&slots_of(vm)->keys, steps, number);
}

uint32_t slots_taken(const struct vm *vm)
{
    return slots_of(vm) ? keys_taken(&slots_of(vm)->keys) : 0;
}

uint64_t slots_disk_quiet_us(const struct vm *vm)
{
    const struct devices *devices = slots_of(vm);

    return devices && devices->data.backend ? blk_quiet_us(devices->data.backend) : UINT64_MAX;
}

void slots_gnss(struct vm *vm, const char *text, size_t len)
{
    if (slots_of(vm)) {
        console_input(&slots_of(vm)->console, PORT_GNSS, text, len);
    }
}

void slots_receive(struct vm *vm, enum net_wire wire, const void *frame, size_t len, bool valid)
{
    if (slots_of(vm)) {
        net_receive(&slots_of(vm)->net[wire], frame, len, valid);
    }
}

bool slots_link(struct vm *vm, enum net_wire wire, bool up)
{
    const bool has = slots_of(vm) && net_has(vm, wire);

    if (has) {
        net_link(&slots_of(vm)->net[wire], up);
    }
    return has;
}

void slots_renew(struct vm *vm)
{
    for (enum net_wire wire = 0; slots_of(vm) && wire < NET_WIRES; wire++) {
        if (net_has(vm, wire)) {
            net_renew(&slots_of(vm)->net[wire]);
        }
    }
}
