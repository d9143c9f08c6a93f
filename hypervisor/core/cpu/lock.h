/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A spinlock. Held for short, bounded sections only, interrupts masked. */
#ifndef CPU_LOCK_H
#define CPU_LOCK_H

#include <stdint.h>

struct lock {
    uint32_t taken;
};

/* Waits in WFE: the store that releases the lock is the event. */
void lock(struct lock *l);

static inline void unlock(struct lock *l)
{
    __atomic_store_n(&l->taken, 0, __ATOMIC_RELEASE);
}

#endif
