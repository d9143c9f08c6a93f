/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The event loop: interrupts, timers, sleep. */
#ifndef LOOP_H
#define LOOP_H

#include <stddef.h>

_Noreturn void loop_run(void);

/*
 * "name=value" counters, NUL-terminated: turns of the loop, and the longest turn since the last
 * call of this function, in microseconds; that is how long anything else may have had to wait.
 */
void loop_stats(char *text, size_t size);

#endif
