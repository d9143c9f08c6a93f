/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Who gets a touch: the persona under the finger when it went down keeps it until it goes up,
 * wherever it moves; a finger that goes down in the bar is the switchboard's, and its way along the
 * bar or out of it is a gesture. No I/O.
 */
#ifndef ROUTER_H
#define ROUTER_H

#include <stdbool.h>

#include "el1/touch.h"
#include "screen/layout.h"

#define ROUTER_CONTACTS 10u
#define ROUTER_SWIPE    120u /* pixels along the bar */
#define ROUTER_PULL     160u /* pixels down from where it began: the side view, and back */

enum route_kind {
    ROUTE_NOTHING,
    ROUTE_TOUCH,    /* to the persona in `area`, at x, y of the persona */
    ROUTE_NEXT,     /* swiped to the left: next persona */
    ROUTE_PREVIOUS, /* swiped to the right */
    ROUTE_PULL,     /* pulled down */
    ROUTE_PICK,     /* tapped in the bar's half of `area` */
};

struct route {
    enum route_kind kind;
    unsigned area;
    enum touch_action action;
    uint32_t x, y;
};

struct router {
    struct router_contact {
        enum { CONTACT_UP, CONTACT_IN_BAR, CONTACT_IN_PERSONA, CONTACT_SPENT } state;
        unsigned area;
        uint32_t x, y; /* of the screen, where it went down */
    } contact[ROUTER_CONTACTS];
};

/* One contact's event in screen pixels; slot < ROUTER_CONTACTS. */
struct route router_event(struct router *router, const struct layout *layout, unsigned slot,
                          enum touch_action action, uint32_t x, uint32_t y);

/* Whether this contact is with a persona; then it is so no more (the caller lifts it there). */
bool router_take_away(struct router *router, unsigned slot, unsigned *area);

#endif
