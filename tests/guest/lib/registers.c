/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "platform.h"
#include "registers.h"

#define FPEN (3ull << 20) /* CPACR_EL1 */

/* Those that change nothing while the MMU is off and no exception is taken. */
#define SYSTEM_REGISTERS(X) \
    X(tpidr_el0)            \
    X(tpidrro_el0)          \
    X(tpidr_el1)            \
    X(ttbr0_el1)            \
    X(ttbr1_el1)            \
    X(tcr_el1)              \
    X(mair_el1)             \
    X(amair_el1)            \
    X(contextidr_el1)       \
    X(far_el1)              \
    X(esr_el1)              \
    X(afsr0_el1)            \
    X(afsr1_el1)            \
    X(elr_el1)              \
    X(spsr_el1)             \
    X(sp_el0)               \
    X(par_el1)              \
    X(cntkctl_el1)          \
    X(csselr_el1)           \
    X(actlr_el1)            \
    X(vbar_el1)             \
    X(cntv_cval_el0)        \
    X(cntp_cval_el0)        \
    X(icc_pmr_el1)          \
    X(icc_bpr0_el1)         \
    X(icc_bpr1_el1)         \
    X(icc_igrpen0_el1)      \
    X(icc_igrpen1_el1)      \
    X(icc_ctlr_el1)         \
    X(mdscr_el1)

#define BPR0_LEAST     2u /* with 5 bits of preemption; what smaller values do depends on the GIC */
#define MDSCR_HARMLESS 0x3000ull /* KDE, TDCC; SS would be single step */

static uint64_t vectors; /* VBAR_EL1 as it was */

static void fill_system(uint64_t seed)
{
#define FILL(name) write_sysreg(name, seed *= 0x9e3779b97f4a7c15ull);
    SYSTEM_REGISTERS(FILL)
#undef FILL
    write_sysreg(mdscr_el1, seed & MDSCR_HARMLESS);
    write_sysreg(icc_bpr0_el1, BPR0_LEAST + (seed >> 32 & 3));
    write_sysreg(icc_bpr1_el1, BPR0_LEAST + 1 + (seed >> 34 & 3));
}

static void read_system(uint64_t *value)
{
#define READ(name) *value++ = read_sysreg(name);
    SYSTEM_REGISTERS(READ)
#undef READ
}

/* Each pair of q0..q31; this file's C code does not use them. */
#define FOUR(X, a, b, c, d, e, f, g, h) X(a, b) X(c, d) X(e, f) X(g, h)
#define PAIRS(X)                            \
    FOUR(X, 0, 1, 2, 3, 4, 5, 6, 7)         \
    FOUR(X, 8, 9, 10, 11, 12, 13, 14, 15)   \
    FOUR(X, 16, 17, 18, 19, 20, 21, 22, 23) \
    FOUR(X, 24, 25, 26, 27, 28, 29, 30, 31)

static void fill_vectors(uint64_t seed)
{
    uint64_t value[REGISTERS_VECTOR];
    const uint64_t *at = value;

    for (int i = 0; i < REGISTERS_VECTOR; i++) {
        value[i] = seed * (uint64_t)(2 * i + 1);
    }
#define LOAD(a, b) "ldp q" #a ", q" #b ", [%0], #32\n\t"
    __asm__ volatile(".arch_extension fp\n\t" PAIRS(LOAD) : "+r"(at)::"memory");
#undef LOAD
    write_sysreg(fpcr, seed & 0x01c00000);
    write_sysreg(fpsr, seed & 0x0800009f);
}

static void read_vectors(uint64_t *value)
{
#define STORE(a, b) "stp q" #a ", q" #b ", [%0], #32\n\t"
    __asm__ volatile(".arch_extension fp\n\t" PAIRS(STORE) : "+r"(value)::"memory");
#undef STORE
}

static void read_all(struct registers *registers)
{
    read_system(registers->system);
    read_vectors(registers->vector);
    registers->control[0] = read_sysreg(fpcr);
    registers->control[1] = read_sysreg(fpsr);
}

void registers_fill(uint64_t seed, struct registers *seen)
{
    vectors = read_sysreg(vbar_el1);
    write_sysreg(cpacr_el1, FPEN);
    fill_vectors(seed);
    fill_system(seed);
    read_all(seen);
}

unsigned registers_changed(const struct registers *seen, unsigned *which)
{
    struct registers now;
    const uint64_t *before = seen->system, *after = now.system;
    unsigned changed = 0;

    read_all(&now);
    write_sysreg(vbar_el1, vectors);
    for (unsigned i = 0; i < sizeof(now) / sizeof(uint64_t); i++) {
        if (before[i] != after[i] && !changed++) {
            *which = i;
        }
    }
    return changed;
}
