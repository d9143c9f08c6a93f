/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdio.h>

#include "el1/clock.h"
#include "el1/deadman.h"
#include "el1/irq.h"
#include "el1/loop.h"
#include "el1/timers.h"

static struct {
    unsigned long turns;
    uint64_t longest_us;
} loop;

_Noreturn void loop_run(void (*settle)(void))
{
    for (;;) {
        const uint64_t begin = clock_us();
        uint64_t end;

        deadman_alive();
        irq_dispatch();
        timers_fire();
        if (settle) {
            settle();
        }
        end = clock_us();
        loop.turns++;
        if (end - begin > loop.longest_us) {
            loop.longest_us = end - begin;
        }
        clock_alarm(timers_next());
        if (timers_next() > end) {
            deadman_rest(timers_next());
            irq_wait();
        }
    }
}

void loop_stats(char *text, size_t size)
{
    snprintf(text, size, "turns=%lu longest_turn_us=%lu", loop.turns,
             (unsigned long)loop.longest_us);
    loop.longest_us = 0;
}
