/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "phonebooth/hypercall.h"
#include "psci.h"

void secondary_entry(void);

#define CALL(instruction)                                                                          \
    register uint64_t x0 __asm__("x0") = function;                                                 \
    register uint64_t x1 __asm__("x1") = a;                                                        \
    register uint64_t x2 __asm__("x2") = b;                                                        \
    register uint64_t x3 __asm__("x3") = c;                                                        \
    __asm__ volatile(instruction                                                                   \
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)::"x4", "x5", "x6", "x7", "x8", "x9", \
                       "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17", "memory");          \
    return (int32_t)x0

int64_t psci_call(uint64_t function, uint64_t a, uint64_t b, uint64_t c)
{
    CALL("hvc #0");
}

int64_t psci_call_smc(uint64_t function, uint64_t a, uint64_t b, uint64_t c)
{
    CALL("smc #0");
}

int64_t psci_cpu_on(unsigned cpu)
{
    return psci_call(PSCI_CPU_ON, cpu, (uint64_t)secondary_entry, cpu);
}

void psci_cpu_off(void)
{
    psci_call(PSCI_CPU_OFF, 0, 0, 0);
}

bool under_phonebooth(void)
{
    return psci_call(PB_CALL_VERSION, 0, 0, 0) == 1;
}

__attribute__((weak)) void secondary_main(unsigned cpu)
{
    (void)cpu;
}
