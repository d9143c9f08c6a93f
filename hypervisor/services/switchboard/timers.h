/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The event loop's side of the one-shot timers of switchboard.h. */
#ifndef TIMERS_H
#define TIMERS_H

#include <stdint.h>

/* Fires what was due when it was called; what is started meanwhile waits for the next call. */
void timers_fire(void);

/* clock_us() of the next one; UINT64_MAX: none. */
uint64_t timers_next(void);

#endif
