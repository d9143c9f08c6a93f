/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Page flips: registers of planes must not change between the request of a commit and its vsync, so
 * there is one commit at a time, and what is asked for meanwhile goes into the next one.
 */
#ifndef FLIP_H
#define FLIP_H

#include "drivers/board.h"
#include "observer.h"

/* compose() writes all planes, display_set_plane(). False: there is no display engine. */
bool flip_init(const struct board *board, void (*compose)(void),
               const struct screen_observer *observer);

/* What compose() would write has changed. */
void flip_request(void);

bool flip_is_on(void);
void flip_power(bool on);

/* On, but if this service starts again: then as it was. */
void flip_start(void);

/*
 * Tells when everything asked for so far is on the screen. The waiter belongs to the caller until
 * shown() is called, from the event loop. frame: number of that frame, 0 while the display is off.
 */
struct flip_waiter {
    void (*shown)(struct flip_waiter *waiter, uint32_t frame);
    struct flip_waiter *next;
};
void flip_wait(struct flip_waiter *waiter);

#endif
