/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "../lib/psci.h"
#include "phonebooth/hypercall.h"

#define CALL(instruction)                                                          \
    register uint32_t r0 __asm__("r0") = (uint32_t)function;                       \
    register uint32_t r1 __asm__("r1") = (uint32_t)a;                              \
    register uint32_t r2 __asm__("r2") = (uint32_t)b;                              \
    register uint32_t r3 __asm__("r3") = (uint32_t)c;                              \
    __asm__ volatile(".arch_extension virt\n\t.arch_extension sec\n\t" instruction \
                     : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3)::"memory");          \
    return (int32_t)r0

int64_t psci_call(uint64_t function, uint64_t a, uint64_t b, uint64_t c)
{
    CALL("hvc #0");
}

int64_t psci_call_smc(uint64_t function, uint64_t a, uint64_t b, uint64_t c)
{
    CALL("smc #0");
}

void psci_cpu_off(void)
{
    psci_call(PSCI_CPU_OFF, 0, 0, 0);
}

bool under_phonebooth(void)
{
    return psci_call(PB_CALL_VERSION, 0, 0, 0) == 1;
}
