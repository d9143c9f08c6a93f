/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The report line, and the queue through which it leaves: a few characters at
 * each tick, so that reporting does not make the next tick late.
 */
#ifndef METRONOME_REPORT_H
#define METRONOME_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "histogram.h"

#define REPORT_MAX 192

struct report {
    char text[REPORT_MAX];
    uint32_t length;
    uint32_t sent;
};

/*
 * "metronome: n=... min=... median=... p99.9=... max=... ticks, freq=...\r\n". `frequency` in Hz.
 * If the last report is still leaving, nothing happens.
 */
void report_make(struct report *report, const struct histogram *histogram, uint64_t frequency);

/* The next character, or false: nothing to send. */
bool report_next(struct report *report, char *c);

#endif
