/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "router.h"

static struct route begin(struct router_contact *contact, const struct layout *layout, uint32_t x,
                          uint32_t y)
{
    struct route route = {.kind = ROUTE_NOTHING, .action = TOUCH_DOWN, .x = x, .y = y};
    const int area = layout_find(layout, x, y);

    contact->x = x;
    contact->y = y;
    contact->state = y < BAR_HEIGHT ? CONTACT_IN_BAR : CONTACT_SPENT;
    if (contact->state == CONTACT_IN_BAR || area < 0) {
        return route;
    }
    contact->state = CONTACT_IN_PERSONA;
    contact->area = (unsigned)area;
    route.kind = ROUTE_TOUCH;
    route.area = contact->area;
    layout_translate(layout, route.area, &route.x, &route.y);
    return route;
}

static struct route to_persona(struct router_contact *contact, const struct layout *layout,
                               enum touch_action action, uint32_t x, uint32_t y)
{
    struct route route = {ROUTE_TOUCH, contact->area, action, x, y};

    if (contact->area >= layout->areas) {
        return (struct route){.kind = ROUTE_NOTHING};
    }
    layout_translate(layout, contact->area, &route.x, &route.y);
    return route;
}

static struct route gesture(struct router_contact *contact, enum touch_action action, uint32_t x,
                            uint32_t y)
{
    struct route route = {.kind = ROUTE_NOTHING, .x = x, .y = y};

    if (x + ROUTER_SWIPE <= contact->x) {
        route.kind = ROUTE_NEXT;
    } else if (x >= contact->x + ROUTER_SWIPE) {
        route.kind = ROUTE_PREVIOUS;
    } else if (y >= contact->y + ROUTER_PULL) {
        route.kind = ROUTE_PULL;
    } else if (action == TOUCH_UP && y < BAR_HEIGHT) {
        route.kind = ROUTE_PICK;
    }
    route.area = x >= SCREEN_WIDTH / 2;
    if (route.kind != ROUTE_NOTHING) {
        contact->state = CONTACT_SPENT;
    }
    return route;
}

struct route router_event(struct router *router, const struct layout *layout, unsigned slot,
                          enum touch_action action, uint32_t x, uint32_t y)
{
    struct router_contact *contact = &router->contact[slot];
    struct route route = {.kind = ROUTE_NOTHING};

    if (action == TOUCH_DOWN) {
        return begin(contact, layout, x, y);
    }
    if (contact->state == CONTACT_IN_PERSONA) {
        route = to_persona(contact, layout, action, x, y);
    } else if (contact->state == CONTACT_IN_BAR) {
        route = gesture(contact, action, x, y);
    }
    if (action == TOUCH_UP) {
        contact->state = CONTACT_UP;
    }
    return route;
}

bool router_take_away(struct router *router, unsigned slot, unsigned *area)
{
    if (router->contact[slot].state != CONTACT_IN_PERSONA) {
        return false;
    }
    router->contact[slot].state = CONTACT_SPENT;
    *area = router->contact[slot].area;
    return true;
}
