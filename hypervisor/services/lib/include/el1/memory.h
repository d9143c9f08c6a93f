/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Memory given out once, at start, from the service's RAM. Nothing is ever given back. */
#ifndef EL1_MEMORY_H
#define EL1_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/* The RAM of the service; what lies below the end of the image is taken already. */
void memory_init(uint64_t base, uint64_t size);

/* A range that is used for something else (device tree, shared pages). At most 32 of them. */
void memory_reserve(uint64_t base, uint64_t size);

/* Zeroed; align a power of two. If there is no room left the service halts: it needs more RAM. */
void *memory_alloc(size_t size, size_t align);

/* The same, as it is: for what is large and written before it is read. */
void *memory_take(size_t size, size_t align);

#endif
