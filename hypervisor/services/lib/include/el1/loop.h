/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The event loop of a service: interrupts, timers, sleep. */
#ifndef EL1_LOOP_H
#define EL1_LOOP_H

#include <stddef.h>

/* Never returns. settle() is called after the events of each turn; NULL: there is nothing to
 * settle. */
_Noreturn void loop_run(void (*settle)(void));

/*
 * "name=value" counters, NUL-terminated: turns of the loop, and the longest turn since the last
 * call of this function, in microseconds; that is how long anything else may have had to wait.
 */
void loop_stats(char *text, size_t size);

#endif
