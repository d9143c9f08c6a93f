/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "sleep.h"
#include "compositor.h"
#include "flip.h"
#include "vm/manager.h"

void sleep_display(bool on)
{
    struct vm *front = compositor_front();

    flip_power(on);
    if (on && front) {
        manager_wake(front, "the display");
    }
}

void sleep_follow(struct vm *vm, enum pb_vm_state before)
{
    const bool front = vm == compositor_front();

    if (front && vm->state == PB_VM_SUSPENDED) {
        flip_power(false);
    } else if (front && before == PB_VM_SUSPENDED) {
        flip_power(true);
    }
}
