/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Tables of functions, made in assembly: a function is named by its distance from its place there,
 * 16 bits. The compiler's own tables would take four times the space. The lowest two bits are free
 * for flags, as functions are aligned.
 */
#ifndef CPU_TABLE_H
#define CPU_TABLE_H

#include <stdint.h>

/* The address of what an entry names, and its flags in the lowest two bits. */
static inline uint64_t table_target(const int16_t *entry)
{
    return (uint64_t)entry + (uint64_t)*entry;
}

static inline const void *table_function(const int16_t *entry)
{
    return (const void *)(table_target(entry) & ~3ull);
}

#endif
