/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "flip.h"
#include "drivers/display.h"
#include "el1/kept.h"
#include "el1/timers.h"

#define PLANES_ALL ((1u << DISPLAY_PLANES) - 1)

static struct {
    void (*compose)(void);
    const struct screen_observer *observer;
    bool present, on;
    bool dirty;   /* the planes differ from what was asked for last */
    bool pending; /* asked for, not latched yet */
    struct flip_waiter *waiting, *flying;
    struct timer off_timer; /* tells waiters while there is no vsync */
} flip;

/* The display is off, and stays so when this service starts again. */
static KEPT bool off;

static void commit(void)
{
    if (!flip.on || !flip.dirty || flip.pending) {
        return;
    }
    flip.compose();
    flip.dirty = false;
    flip.pending = true;
    flip.flying = flip.waiting;
    flip.waiting = NULL;
    display_commit(PLANES_ALL);
}

void flip_request(void)
{
    if (!flip.present) {
        return;
    }
    flip.dirty = true;
    commit();
}

static void tell(struct flip_waiter **list, uint32_t frame)
{
    struct flip_waiter *waiter = *list;

    *list = NULL;
    while (waiter) {
        struct flip_waiter *next = waiter->next;

        waiter->shown(waiter, frame);
        waiter = next;
    }
}

static void latched(void)
{
    flip.pending = false;
    tell(&flip.flying, display_frame());
    commit();
}

static void tell_while_off(struct timer *timer)
{
    (void)timer;
    if (flip.on) {
        return;
    }
    tell(&flip.waiting, 0);
}

/* A commit under way that has everything is the one to wait for; else there will be one more. */
void flip_wait(struct flip_waiter *waiter)
{
    const bool complete = flip.on && flip.pending && !flip.dirty;
    struct flip_waiter **list = complete ? &flip.flying : &flip.waiting;

    waiter->next = *list;
    *list = waiter;
    if (!flip.on) {
        timer_start(&flip.off_timer, 0);
    } else if (!complete) {
        flip_request();
    }
}

bool flip_is_on(void)
{
    return flip.on;
}

/* The commit that they wait for will not happen any more. */
static void recall_flying(void)
{
    while (flip.flying) {
        struct flip_waiter *waiter = flip.flying;

        flip.flying = waiter->next;
        waiter->next = flip.waiting;
        flip.waiting = waiter;
    }
}

void flip_power(bool on)
{
    if (!flip.present || flip.on == on) {
        return;
    }
    if (!on) {
        flip.observer->places_change();
    }
    flip.on = on;
    off = !on;
    flip.pending = false;
    recall_flying();
    display_power(on);
    if (!on) {
        timer_start(&flip.off_timer, 0);
    }
    flip_request();
    flip.observer->display(on);
}

void flip_start(void)
{
    flip_power(!off);
}

bool flip_init(const struct board *board, void (*compose)(void),
               const struct screen_observer *observer)
{
    flip.observer = observer;
    flip.compose = compose;
    flip.off_timer.fire = tell_while_off;
    flip.present = display_init(board, latched);
    return flip.present;
}
