/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "pace.h"

#include "compositor.h"
#include "drivers/display.h"
#include "flip.h"

#include "el1/timers.h"

#define UNSEEN_US 100000u

/* By vm->index. The timer runs from the request to the frame, so that none waits for ever: the
 * display may be turned off in between. */
static struct timer timers[PB_MAX_VMS];
static void (*go_on)(struct vm *vm);

static bool is_seen(const struct vm *vm)
{
    for (unsigned area = 0; area < LAYOUT_AREAS; area++) {
        if (compositor_area(area) == vm) {
            return flip_is_on();
        }
    }
    return false;
}

static void unseen(struct timer *timer)
{
    go_on(timer->owner);
}

static void vsync(void)
{
    for (unsigned i = 0; i < vm_count(); i++) {
        if (timers[i].running && is_seen(vm_at(i))) {
            timer_stop(&timers[i]);
            go_on(vm_at(i));
        }
    }
}

void pace_request(struct vm *vm)
{
    struct timer *timer = &timers[vm->index];

    if (!timer->running) {
        timer_start(timer, UNSEEN_US);
    }
    if (is_seen(vm)) {
        display_await_vsync();
    }
}

void pace_init(void (*frame)(struct vm *vm))
{
    go_on = frame;
    for (unsigned i = 0; i < vm_count(); i++) {
        timers[i] = (struct timer){.fire = unseen, .owner = vm_at(i)};
    }
    display_on_vsync(vsync);
}
