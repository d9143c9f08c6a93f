/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <stdbool.h>
#include <string.h>

#include "el1/log.h"
#include "el1/memory.h"

#define RESERVED 32u

extern const char __image_end[];

static struct {
    uint64_t next, end;
    unsigned reserved;
    struct {
        uint64_t base, end;
    } not [RESERVED];
} memory;

void memory_init(uint64_t base, uint64_t size)
{
    memory.next = (uintptr_t)__image_end;
    memory.end = base + size;
    if (memory.next < base || memory.next > memory.end) {
        log_fatal("memory: the image is not in the RAM of the device tree");
    }
}

void memory_reserve(uint64_t base, uint64_t size)
{
    if (memory.reserved == RESERVED) {
        log_fatal("memory: more than %u reserved ranges", RESERVED);
    }
    memory.not [memory.reserved].base = base;
    memory.not [memory.reserved++].end = base + size;
}

/* Steps over one reserved range that base..base+size meets. */
static bool step_over(uint64_t *base, uint64_t size)
{
    for (unsigned i = 0; i < memory.reserved; i++) {
        if (*base < memory.not [i].end && memory.not [i].base < *base + size) {
            *base = memory.not [i].end;
            return true;
        }
    }
    return false;
}

void *memory_take(size_t size, size_t align)
{
    uint64_t base = memory.next;

    do {
        base = (base + align - 1) & ~(uint64_t)(align - 1);
    } while (step_over(&base, size));
    if (size > memory.end || base > memory.end - size) {
        log_fatal("memory: no room for %lu bytes", (unsigned long)size);
    }
    memory.next = base + size;
    return (void *)(uintptr_t)base;
}

void *memory_alloc(size_t size, size_t align)
{
    return memset(memory_take(size, align), 0, size);
}
