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

/* PB_CALL_IO_DONE; result: the value read, or x0..x3 of a call. */
static inline int64_t hvc_io_done(uint64_t vm, uint64_t vcpu, const uint64_t result[4])
{
    register uint64_t x0 __asm__("x0") = PB_CALL_IO_DONE;
    register uint64_t x1 __asm__("x1") = vm;
    register uint64_t x2 __asm__("x2") = vcpu;
    register uint64_t x3 __asm__("x3") = result[0];
    register uint64_t x4 __asm__("x4") = result[1];
    register uint64_t x5 __asm__("x5") = result[2];
    register uint64_t x6 __asm__("x6") = result[3];

    __asm__ volatile("hvc #0"
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)
                     : "r"(x4), "r"(x5), "r"(x6)
                     : "memory");
    return (int64_t)x0;
}

#endif
