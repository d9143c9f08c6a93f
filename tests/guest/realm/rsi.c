/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "rsi.h"

#include "../lib/exception.h"
#include "../lib/platform.h"

struct host_call {
    uint64_t imm;
    uint64_t x[31];
};

static __attribute__((aligned(256))) struct host_call calls[MAX_CPUS];

struct rsi rsi_call(uint64_t function, uint64_t a, uint64_t b, uint64_t c)
{
    struct rsi r;
    register uint64_t x0 __asm__("x0") = function;
    register uint64_t x1 __asm__("x1") = a;
    register uint64_t x2 __asm__("x2") = b;
    register uint64_t x3 __asm__("x3") = c;
    register uint64_t x4 __asm__("x4") = 0;
    register uint64_t x5 __asm__("x5");
    register uint64_t x6 __asm__("x6");
    register uint64_t x7 __asm__("x7");
    register uint64_t x8 __asm__("x8");

    __asm__ volatile("smc #0"
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x4), "=r"(x5), "=r"(x6),
                       "=r"(x7), "=r"(x8)
                     :
                     : "memory");
    r = (struct rsi){{x0, x1, x2, x3, x4, x5, x6, x7, x8}};
    return r;
}

bool rsi_set(uint64_t base, uint64_t size, uint64_t ripas)
{
    uint64_t top = base + size;

    while (base < top) {
        struct rsi r = rsi_call(RSI_IPA_STATE_SET, base, top, ripas);

        if (r.x[0] != RSI_SUCCESS || r.x[1] <= base || r.x[1] > top || r.x[2]) {
            return false;
        }
        base = r.x[1];
    }
    return true;
}

void rsi_host(unsigned operation, uint64_t argument)
{
    struct host_call *call = &calls[cpu_number()];

    call->imm = operation;
    call->x[0] = argument;
    rsi_call(RSI_HOST_CALL, (uint64_t)call, 0, 0);
}

uint64_t try_read64(uint64_t address, bool *aborted)
{
    uint64_t value;

    exception_expect();
    value = read64(address);
    *aborted = exception_taken().count != 0;
    return *aborted ? 0 : value;
}
