/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The parts of the first program of a measured VM. */
#ifndef MEASURE_MEASURE_H
#define MEASURE_MEASURE_H

#include <stdbool.h>
#include <stdint.h>

#include "phonebooth/measure.h"

/* Called by start.S: true if what was loaded is what the initial measurement is of. */
bool measure(const struct pb_measure *list);

/* cpu.c: a line of cache at an address goes to memory and is no longer in any cache; all have. */
void measure_clean_line(uint64_t address);
void measure_clean_done(void);

/* The RSI's initial measurement is this SHA-256, big endian. */
bool measure_is_initial(const uint64_t digest[4]);

#endif
