/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "input.h"
#include "held.h"
#include "keychord.h"
#include "router.h"

#include "drivers/keys.h"
#include "drivers/touch.h"
#include "screen/compositor.h"
#include "screen/flip.h"
#include "screen/sleep.h"
#include "slots.h"

#include "el1/log.h"

/* Linux evdev codes, include/uapi/linux/input-event-codes.h. */
#define EV_KEY_VOLUMEDOWN 114u
#define EV_KEY_VOLUMEUP   115u

static struct router router;

/* Gone wherever it is now: its way until it goes up on the glass means nothing. */
static void lift(unsigned slot)
{
    unsigned area;

    router_take_away(&router, slot, &area);
    held_finger_up(slot);
}

void input_lift_all(void)
{
    for (unsigned slot = 0; slot < ROUTER_CONTACTS; slot++) {
        lift(slot);
    }
    held_sync();
}

void input_leave(struct vm *vm)
{
    for (unsigned slot = 0; slot < ROUTER_CONTACTS; slot++) {
        if (held_finger(slot) == vm) {
            lift(slot);
        }
    }
    held_sync();
    held_drop_keys(vm);
}

/* Side by side, fingers stay with the persona that they are on. */
void input_front_leaves(struct vm *vm)
{
    held_drop_keys(vm);
    if (compositor_layout()->areas < 2) {
        input_lift_all();
    }
}

static const char *refusal(enum keys_result result)
{
    switch (result) {
    case KEYS_OK:
        break;
    case KEYS_NO_SUCH_KEY:
        return "bad-request: the keyboard has keys 1 to 248";
    case KEYS_NO_DRIVER:
        return "bad-state: the persona in front does not use its keyboard (yet)";
    case KEYS_FULL:
        return "busy: the persona in front does not take its input";
    }
    return NULL;
}

/* The persona that gets keys and touches now; NULL: *wrong says why there is none. */
static struct vm *target(const char **wrong)
{
    struct vm *vm = compositor_front();

    *wrong = NULL;
    if (!vm) {
        *wrong = "bad-state: there is no persona";
    } else if (vm->state == PB_VM_PAUSED) {
        *wrong = "bad-state: the persona in front is paused";
    } else if (vm->state == PB_VM_SUSPENDED) {
        *wrong = "bad-state: the persona in front is suspended";
    } else if (vm->state != PB_VM_RUNNING) {
        *wrong = "bad-state: the persona in front is not running";
    }
    return *wrong ? NULL : vm;
}

static const char *release(unsigned code, struct input_receipt *receipt)
{
    const enum keys_result result = held_release((uint16_t)code, &receipt->vm, &receipt->number);

    /* Its holder has been reset meanwhile: nothing is down there. */
    if (result != KEYS_OK) {
        receipt->vm = NULL;
    }
    return NULL;
}

const char *input_key(unsigned code, unsigned value, struct input_receipt *receipt)
{
    const char *wrong;
    struct vm *vm = target(&wrong);

    receipt->vm = NULL;
    if (value == 0) {
        return release(code, receipt);
    }
    if (value > 1 || !vm) {
        return wrong;
    }
    wrong = refusal(held_press(vm, (uint16_t)code, &receipt->number));
    receipt->vm = wrong ? NULL : vm;
    return wrong;
}

const char *input_wheel(int steps, struct input_receipt *receipt)
{
    const char *wrong;
    struct vm *vm = target(&wrong);

    receipt->vm = NULL;
    if (!vm) {
        return wrong;
    }
    wrong = refusal(slots_wheel(vm, steps, &receipt->number));
    receipt->vm = wrong ? NULL : vm;
    return wrong;
}

static void give(const struct route *route, unsigned slot)
{
    struct vm *vm = compositor_area(route->area);

    if (route->action == TOUCH_MOVE) {
        held_finger_move(slot, route->x, route->y);
    } else if (route->action == TOUCH_UP) {
        held_finger_up(slot);
    } else if (vm && vm->state == PB_VM_RUNNING) {
        held_finger_down(vm, slot, route->x, route->y);
    }
}

static void toggle_view(void)
{
    compositor_set_view(compositor_view() == VIEW_SINGLE ? VIEW_SIDE : VIEW_SINGLE);
}

static void pick(unsigned area)
{
    if (compositor_view() == VIEW_SIDE) {
        compositor_select(compositor_area(area));
    }
}

static void follow(const struct route *route, unsigned slot)
{
    switch (route->kind) {
    case ROUTE_NOTHING:
        break;
    case ROUTE_TOUCH:
        if (route->action == TOUCH_DOWN) {
            compositor_select(compositor_area(route->area));
        }
        give(route, slot);
        break;
    case ROUTE_NEXT:
        compositor_step(1);
        break;
    case ROUTE_PREVIOUS:
        compositor_step(-1);
        break;
    case ROUTE_PULL:
        toggle_view();
        break;
    case ROUTE_PICK:
        pick(route->area);
        break;
    }
}

static void contact(unsigned slot, enum touch_action action, uint32_t x, uint32_t y)
{
    struct route route;

    if (!flip_is_on() && action == TOUCH_DOWN) {
        return;
    }
    route = router_event(&router, compositor_layout(), slot, action, x, y);
    follow(&route, slot);
}

static void volume(enum key key, unsigned value)
{
    struct input_receipt receipt;

    input_key(key == KEY_LINE_VOLUME_UP ? EV_KEY_VOLUMEUP : EV_KEY_VOLUMEDOWN, value, &receipt);
}

static void key_changed(enum key key, bool down)
{
    static struct keychord chord;
    const enum key_meaning meaning = keychord_event(&chord, key, down);

    if (meaning == KEY_MEANS_POWER) {
        sleep_display(!flip_is_on());
    } else if (meaning == KEY_MEANS_NEXT) {
        compositor_step(1);
    } else if (meaning != KEY_MEANS_NOTHING) {
        volume(key, meaning == KEY_MEANS_PRESS);
    }
}

void input_init(const struct board *board)
{
    static const struct touch_ops ops = {contact, held_sync};

    if (!touch_init(board, &ops)) {
        log_line("touch: no panel");
    }
    if (!keys_init(board, key_changed)) {
        log_line("keys: none");
    }
}
