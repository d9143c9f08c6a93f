/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Calls into EL2 (phonebooth/hypercall.h). SMCCC 1.1: x0 result, x4..x17 preserved. */
#ifndef EL1_HVC_H
#define EL1_HVC_H

#include <stdint.h>

#include "phonebooth/hypercall.h"

/* PB_OK (or a count) or an enum pb_error. */
static inline int64_t hvc(uint64_t function, uint64_t a, uint64_t b, uint64_t c)
{
    register uint64_t x0 __asm__("x0") = function;
    register uint64_t x1 __asm__("x1") = a;
    register uint64_t x2 __asm__("x2") = b;
    register uint64_t x3 __asm__("x3") = c;

    __asm__ volatile("hvc #0" : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3) : : "memory");
    return (int64_t)x0;
}

#endif
