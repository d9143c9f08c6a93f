/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* One-shot timers of the event loop, in microseconds of clock_us(). */
#ifndef EL1_TIMERS_H
#define EL1_TIMERS_H

#include <stdbool.h>
#include <stdint.h>

/* The owner's, and stays in place while it runs. All zero but fire is a timer that does not run. */
struct timer {
    uint64_t due_us; /* clock_us() */
    void (*fire)(struct timer *timer);
    void *owner;
    struct timer *next; /* of the timer list */
    bool running;
};

/* Starts it, or moves one that runs; fire() may start it again. */
void timer_start(struct timer *timer, uint64_t after_us);
void timer_stop(struct timer *timer);

/* The loop's side. Fires what was due when it was called; what is started meanwhile waits for the
 * next call. */
void timers_fire(void);

/* clock_us() of the next one; UINT64_MAX: none. */
uint64_t timers_next(void);

#endif
