/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stddef.h>

#include "el1/clock.h"
#include "el1/timers.h"

static struct timer *timers; /* by due time, the next one first */

void timer_stop(struct timer *timer)
{
    struct timer **at = &timers;

    if (!timer->running) {
        return;
    }
    while (*at != timer) {
        at = &(*at)->next;
    }
    *at = timer->next;
    timer->running = false;
}

void timer_start(struct timer *timer, uint64_t after_us)
{
    struct timer **at = &timers;

    timer_stop(timer);
    timer->due_us = clock_us() + after_us;
    while (*at && (*at)->due_us <= timer->due_us) {
        at = &(*at)->next;
    }
    timer->next = *at;
    timer->running = true;
    *at = timer;
}

void timers_fire(void)
{
    const uint64_t now = clock_us();

    while (timers && timers->due_us <= now) {
        struct timer *timer = timers;

        timer_stop(timer);
        timer->fire(timer);
    }
}

uint64_t timers_next(void)
{
    return timers ? timers->due_us : UINT64_MAX;
}
