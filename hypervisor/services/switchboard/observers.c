/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "observers.h"

#include "lights.h"

#include "audio/audio.h"
#include "camera/camera.h"
#include "input/input.h"
#include "port/events.h"
#include "screen/compositor.h"
#include "screen/sleep.h"

static void front(const struct vm *vm)
{
    audio_update();
    camera_update();
    lights_front(vm);
    event_front(vm);
}

static void display(bool on)
{
    camera_update();
    event_display(on);
}

const struct screen_observer observers_screen = {
    .front_leaves = input_front_leaves,
    .places_change = input_lift_all,
    .front = front,
    .view = event_view,
    .display = display,
    .picture = event_scanout,
};

static void vm_state(struct vm *vm, enum pb_vm_state before)
{
    if (vm->state != PB_VM_RUNNING) {
        input_leave(vm);
    }
    if (vm->state == PB_VM_STOPPED) {
        compositor_scanout(vm, NULL);
        compositor_cursor(vm, NULL, 0, 0);
    }
    sleep_follow(vm, before);
    audio_update();
    camera_update();
    compositor_redraw(vm);
    event_vm(vm);
}

const struct manager_observer observers_vms = {.state = vm_state, .note = compositor_redraw};
