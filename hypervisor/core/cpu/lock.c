/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "cpu/lock.h"

void lock(struct lock *l)
{
    uint32_t taken;

    /* WFE only for a lock that is taken: an emulated one is a pause. */
    __asm__ volatile("b 2f\n"
                     "1: wfe\n"
                     "2: ldaxr %w0, [%1]\n"
                     "cbnz %w0, 1b\n"
                     "stxr %w0, %w2, [%1]\n"
                     "cbnz %w0, 2b"
                     : "=&r"(taken)
                     : "r"(&l->taken), "r"(1)
                     : "memory");
}
