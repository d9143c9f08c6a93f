/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Counts of values from 0 up: exact below 2048, then in buckets of 1/1024 of
 * their value. No memory is allocated; adding takes constant time.
 */
#ifndef METRONOME_HISTOGRAM_H
#define METRONOME_HISTOGRAM_H

#include <stdint.h>

#define HISTOGRAM_FINE_BITS 10 /* buckets per power of two: 1024 */
#define HISTOGRAM_GROUPS    22 /* values up to 2^32 - 1; larger ones count as that */
#define HISTOGRAM_BUCKETS   ((HISTOGRAM_GROUPS + 2) << HISTOGRAM_FINE_BITS)

struct histogram {
    uint64_t count;
    uint64_t min; /* 0 if empty */
    uint64_t max;
    uint32_t bucket[HISTOGRAM_BUCKETS];
};

void histogram_reset(struct histogram *histogram);
void histogram_add(struct histogram *histogram, uint64_t value);

/*
 * The smallest value v so that at least `per_mille` / 1000 of all values are at most v, rounded up
 * to the end of its bucket but never above max. 0 if empty.
 */
uint64_t histogram_quantile(const struct histogram *histogram, uint32_t per_mille);

#endif
