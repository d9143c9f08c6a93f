/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "later.h"
#include "exception.h"
#include "platform.h"

/* DISR_EL1, TPIDR2_EL0, LORC_EL1, ERRSELR_EL1, AMUSERENR_EL0 */
#define LATER(X)        \
    X(0, S3_0_C12_C1_1) \
    X(1, S3_3_C13_C0_5) \
    X(2, S3_0_C10_C4_3) \
    X(3, S3_0_C5_C3_1)  \
    X(4, S3_3_C13_C2_3)

unsigned later_fill(uint64_t seed, uint64_t seen[LATER_COUNT])
{
    unsigned there = 0;

#define FILL(n, reg)                    \
    exception_expect();                 \
    write_sysreg(reg, seed + n);        \
    if (exception_taken().count == 0) { \
        there |= 1u << n;               \
        seen[n] = read_sysreg(reg);     \
    }
    LATER(FILL)
#undef FILL
    return there;
}

unsigned later_changed(unsigned there, const uint64_t seen[LATER_COUNT])
{
    unsigned changed = 0;

#define COMPARE(n, reg)                                    \
    if ((there >> n & 1) && read_sysreg(reg) != seen[n]) { \
        changed |= 1u << n;                                \
    }
    LATER(COMPARE)
#undef COMPARE
    return changed;
}
