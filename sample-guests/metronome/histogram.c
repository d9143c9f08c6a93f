/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "histogram.h"

#define FINE      (1u << HISTOGRAM_FINE_BITS)
#define VALUE_MAX 0xffffffffull

/*
 * Below 2 * FINE a value is its own bucket. Above, `shift` low bits are dropped so that FINE to
 * 2 * FINE - 1 are left: group `shift` has FINE buckets.
 */
static uint32_t bucket_of(uint64_t value)
{
    uint32_t shift;

    if (value > VALUE_MAX) {
        value = VALUE_MAX;
    }
    if (value < 2 * FINE) {
        return (uint32_t)value;
    }
    shift = 63 - HISTOGRAM_FINE_BITS - (uint32_t)__builtin_clzll(value);
    return (shift << HISTOGRAM_FINE_BITS) + (uint32_t)(value >> shift);
}

/* The largest value of a bucket. */
static uint64_t end_of(uint32_t bucket)
{
    uint32_t shift;

    if (bucket < 2 * FINE) {
        return bucket;
    }
    shift = (bucket >> HISTOGRAM_FINE_BITS) - 1;
    return (((uint64_t)(bucket - (shift << HISTOGRAM_FINE_BITS)) + 1) << shift) - 1;
}

void histogram_reset(struct histogram *histogram)
{
    histogram->count = histogram->min = histogram->max = 0;
    for (uint32_t i = 0; i < HISTOGRAM_BUCKETS; i++) {
        histogram->bucket[i] = 0;
    }
}

void histogram_add(struct histogram *histogram, uint64_t value)
{
    if (!histogram->count || value < histogram->min) {
        histogram->min = value;
    }
    if (value > histogram->max) {
        histogram->max = value;
    }
    histogram->count++;
    histogram->bucket[bucket_of(value)]++;
}

uint64_t histogram_quantile(const struct histogram *histogram, uint32_t per_mille)
{
    uint64_t wanted = (histogram->count * per_mille + 999) / 1000;
    uint64_t seen = 0;

    if (!histogram->count) {
        return 0;
    }
    for (uint32_t i = 0; i < HISTOGRAM_BUCKETS; i++) {
        seen += histogram->bucket[i];
        if (seen && seen >= wanted) {
            uint64_t end = end_of(i);

            return end < histogram->max ? end : histogram->max;
        }
    }
    return histogram->max;
}
