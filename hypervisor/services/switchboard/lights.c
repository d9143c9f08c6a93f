/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "lights.h"

#include "drivers/lights.h"
#include "screen/compositor.h"
#include "vm/vms.h"

#include "el1/log.h"
#include "el1/timers.h"

#define TELL_US 100000u
#define DIM_US  20000u /* a frame: the panel changes its brightness no faster */
#define DARKEST 12u    /* of 255: the bar can always be read */

static struct {
    void (*told)(const struct vm *vm);
    bool news[PB_MAX_VMS]; /* by vm->index */
    struct timer tell, dim;
} lights;

static void tell(struct timer *timer)
{
    (void)timer;
    for (unsigned i = 0; i < vm_count(); i++) {
        if (lights.news[i]) {
            lights.news[i] = false;
            lights.told(vm_at(i));
        }
    }
}

static void dim(struct timer *timer)
{
    const struct vm *front = compositor_front();
    const uint8_t level = front ? vlights_state(front).backlight : UINT8_MAX;

    (void)timer;
    lights_board_backlight(level > DARKEST ? level : DARKEST);
}

static void start(struct timer *timer, uint64_t after_us)
{
    if (!timer->running) {
        timer_start(timer, after_us);
    }
}

void lights_front(const struct vm *vm)
{
    lights_board_set(vlights_state(vm).on);
    start(&lights.dim, 0);
}

static void changed(struct vm *vm)
{
    if (vm == compositor_front()) {
        lights_board_set(vlights_state(vm).on);
        start(&lights.dim, DIM_US);
    }
    lights.news[vm->index] = true;
    start(&lights.tell, TELL_US);
}

void lights_init(const struct board *board, void (*told)(const struct vm *vm))
{
    lights.told = told;
    lights.tell.fire = tell;
    lights.dim.fire = dim;
    vlights_init(changed);
    log_line("lights: %s", lights_board_init(board, vlights_silent) ? "yes" : "no");
    if (compositor_front()) {
        lights_front(compositor_front());
    }
}
