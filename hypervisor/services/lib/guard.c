/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "el1/guard.h"

#include "el1/cpu.h"
#include "el1/memory.h"
#include "el1/mmu.h"

#define PAGE   4096u
#define GUARDS 8u

struct guard {
    uint64_t base, size;
    uint64_t substitute; /* MMU_BLOCK bytes */
    volatile bool hit;
};

static struct guard guards[GUARDS];
static unsigned count;

struct guard *guard_add(uint64_t base, uint64_t size)
{
    struct guard *guard = &guards[count];

    if (count == GUARDS) {
        return NULL;
    }
    for (uint64_t at = base; at < base + size; at += MMU_BLOCK) {
        mmu_split(at);
    }
    guard->base = base;
    guard->size = size;
    guard->substitute = (uintptr_t)memory_take(MMU_BLOCK, MMU_BLOCK);
    count++;
    return guard;
}

bool guard_hit(struct guard *guard)
{
    if (!guard->hit) {
        return false;
    }
    guard->hit = false;
    for (uint64_t at = guard->base; at < guard->base + guard->size; at += MMU_BLOCK) {
        mmu_map_block(at, at);
    }
    return true;
}

bool guard_probe(struct guard *guard, const void *data, size_t len)
{
    const volatile uint8_t *at = data, *end = at + len;

    for (; at < end; at += PAGE - (uintptr_t)at % PAGE) {
        (void)*at;
    }
    return !guard_hit(guard);
}

/* An abort interrupts any code: it must find its FP and SIMD registers as they were. */
#pragma GCC push_options
#pragma GCC target("general-regs-only")

static void clear(uint64_t base)
{
    for (uint64_t at = base; at < base + MMU_BLOCK; at += 8) {
        *(volatile uint64_t *)at = 0;
    }
}

bool guard_abort(uint64_t address)
{
    for (unsigned i = 0; i < count; i++) {
        struct guard *guard = &guards[i];

        if (address - guard->base >= guard->size) {
            continue;
        }
        if (!guard->hit) {
            clear(guard->substitute);
        }
        guard->hit = true;
        mmu_map_block(address, guard->substitute);
        return true;
    }
    return false;
}

#pragma GCC pop_options
