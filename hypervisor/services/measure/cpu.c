/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What measuring asks of the CPU and of EL2. */
#include "measure.h"

#define RSI_MEASUREMENT_READ 0xc4000192u

void measure_clean_line(uint64_t address)
{
    __asm__ volatile("dc civac, %0" ::"r"(address) : "memory");
}

void measure_clean_done(void)
{
    __asm__ volatile("dsb sy" ::: "memory");
}

bool measure_is_initial(const uint64_t digest[4])
{
    register uint64_t x0 __asm__("x0") = RSI_MEASUREMENT_READ;
    register uint64_t x1 __asm__("x1") = 0;
    register uint64_t x2 __asm__("x2");
    register uint64_t x3 __asm__("x3");
    register uint64_t x4 __asm__("x4");

    __asm__ volatile("smc #0"
                     : "+r"(x0), "+r"(x1), "=r"(x2), "=r"(x3), "=r"(x4)
                     :
                     : "x5", "x6", "x7", "x8", "memory");
    return x0 == 0 && x1 == digest[0] && x2 == digest[1] && x3 == digest[2] && x4 == digest[3];
}
