/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "input.h"
#include "screen/compositor.h"
#include "screen/flip.h"
#include "drivers/keys.h"
#include "router.h"
#include "vm/sleep.h"
#include "drivers/touch.h"

/* Linux evdev codes, include/uapi/linux/input-event-codes.h. */
#define EV_KEY_VOLUMEDOWN 114u
#define EV_KEY_VOLUMEUP   115u

static struct router router;
static struct vm *touched[LAYOUT_AREAS]; /* has touches in this report */

static void give(unsigned area, unsigned slot, enum touch_action action, uint32_t x, uint32_t y)
{
    struct vm *vm = compositor_area(area);

    if (!vm || vm->state != PB_VM_RUNNING)
        return;
    vinput_touch(vm, slot, action, x, y);
    touched[area] = vm;
}

static void sync_touched(void)
{
    for (unsigned i = 0; i < LAYOUT_AREAS; i++) {
        if (touched[i])
            vinput_touch_sync(touched[i]);
        touched[i] = NULL;
    }
}

void input_lift_all(void)
{
    unsigned area;

    for (unsigned slot = 0; slot < ROUTER_CONTACTS; slot++)
        if (router_take_away(&router, slot, &area))
            give(area, slot, TOUCH_UP, 0, 0);
    sync_touched();
}

static void toggle_view(void)
{
    input_lift_all();
    compositor_set_view(compositor_view() == VIEW_SINGLE ? VIEW_SIDE : VIEW_SINGLE);
}

static void pick(unsigned area)
{
    if (compositor_view() == VIEW_SIDE)
        compositor_select(compositor_area(area));
}

static void step(int by)
{
    input_lift_all();
    compositor_step(by);
}

static void follow(const struct route *route, unsigned slot)
{
    switch (route->kind) {
    case ROUTE_NOTHING:
        break;
    case ROUTE_TOUCH:
        if (route->action == TOUCH_DOWN)
            compositor_select(compositor_area(route->area));
        give(route->area, slot, route->action, route->x, route->y);
        break;
    case ROUTE_NEXT:
        step(1);
        break;
    case ROUTE_PREVIOUS:
        step(-1);
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

    if (!flip_is_on() && action == TOUCH_DOWN)
        return;
    route = router_event(&router, compositor_layout(), slot, action, x, y);
    follow(&route, slot);
}

static void volume(enum key key, unsigned value)
{
    struct vm *vm = compositor_front();

    if (vm && vm->state == PB_VM_RUNNING)
        vinput_key(vm, key == KEY_LINE_VOLUME_UP ? EV_KEY_VOLUMEUP : EV_KEY_VOLUMEDOWN, value);
}

static void key_meaning(enum key key, enum key_meaning meaning)
{
    if (meaning == KEY_MEANS_POWER)
        sleep_display(!flip_is_on());
    else if (meaning == KEY_MEANS_NEXT)
        step(1);
    else if (meaning != KEY_MEANS_NOTHING)
        volume(key, meaning == KEY_MEANS_PRESS);
}

void input_init(const struct board *board)
{
    static const struct touch_ops ops = {contact, sync_touched};

    if (!touch_init(board, &ops))
        log_line("touch: no panel");
    if (!keys_init(board, key_meaning))
        log_line("keys: none");
}
