/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "held.h"

#define CODES 256u /* more than the keyboard has */

static struct {
    struct vm *key[CODES];
    struct vm *finger[HELD_FINGERS];
    struct vm *reported[HELD_FINGERS]; /* fingers of this report of the panel */
} held;

/* The devices of a VM that has stopped are in their reset state: they know of nothing held. */
static bool can_be_told(const struct vm *vm)
{
    return vm->state == PB_VM_RUNNING || vm->state == PB_VM_PAUSED;
}

enum keys_result held_press(struct vm *vm, uint16_t code, uint32_t *number)
{
    const enum keys_result result = slots_key(vm, code, 1, number);

    if (result == KEYS_OK) {
        held.key[code] = vm;
    }
    return result;
}

enum keys_result held_release(uint16_t code, struct vm **vm, uint32_t *number)
{
    *vm = code < CODES ? held.key[code] : NULL;
    if (!*vm) {
        return KEYS_OK;
    }
    held.key[code] = NULL;
    return can_be_told(*vm) ? slots_key(*vm, code, 0, number) : KEYS_NO_DRIVER;
}

void held_drop_keys(struct vm *vm)
{
    struct vm *holder;
    uint32_t number;

    for (unsigned code = 0; code < CODES; code++) {
        if (held.key[code] == vm) {
            held_release((uint16_t)code, &holder, &number);
        }
    }
}

static void report(unsigned slot, enum touch_action action, uint32_t x, uint32_t y)
{
    struct vm *vm = held.finger[slot];

    if (!can_be_told(vm)) {
        return;
    }
    slots_touch(vm, slot, action, x, y);
    held.reported[slot] = vm;
}

void held_finger_down(struct vm *vm, unsigned slot, uint32_t x, uint32_t y)
{
    held.finger[slot] = vm;
    report(slot, TOUCH_DOWN, x, y);
}

bool held_finger_move(unsigned slot, uint32_t x, uint32_t y)
{
    if (held.finger[slot]) {
        report(slot, TOUCH_MOVE, x, y);
    }
    return held.finger[slot];
}

bool held_finger_up(unsigned slot)
{
    if (!held.finger[slot]) {
        return false;
    }
    report(slot, TOUCH_UP, 0, 0);
    held.finger[slot] = NULL;
    return true;
}

struct vm *held_finger(unsigned slot)
{
    return held.finger[slot];
}

void held_sync(void)
{
    for (unsigned slot = 0; slot < HELD_FINGERS; slot++) {
        if (held.reported[slot] && can_be_told(held.reported[slot])) {
            slots_touch_sync(held.reported[slot]);
        }
        held.reported[slot] = NULL;
    }
}
