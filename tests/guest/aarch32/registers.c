/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "registers.h"
#include "../lib/platform.h"
#include "../lib/tap.h"

/*
 * CP15, without translation: TTBR0, TTBR1, DACR, DFSR, IFSR, DFAR, IFAR, PAR, PRRR, NMRR,
 * CONTEXTIDR, TPIDRURW, TPIDRURO, TPIDRPRW
 */
#define CP15(X)      \
    X(c2, 0, c0, 0)  \
    X(c2, 0, c0, 1)  \
    X(c3, 0, c0, 0)  \
    X(c5, 0, c0, 0)  \
    X(c5, 0, c0, 1)  \
    X(c6, 0, c0, 0)  \
    X(c6, 0, c0, 2)  \
    X(c7, 0, c4, 0)  \
    X(c10, 0, c2, 0) \
    X(c10, 0, c2, 1) \
    X(c13, 0, c0, 1) \
    X(c13, 0, c0, 2) \
    X(c13, 0, c0, 3) \
    X(c13, 0, c0, 4)

/* Banked; Supervisor mode is the current one. */
#define BANKED(X) \
    X(r8_fiq)     \
    X(r9_fiq)     \
    X(r10_fiq)    \
    X(r11_fiq)    \
    X(r12_fiq)    \
    X(sp_fiq)     \
    X(lr_fiq)     \
    X(sp_usr)     \
    X(lr_usr)     \
    X(sp_irq)     \
    X(lr_irq)     \
    X(sp_abt)     \
    X(lr_abt)     \
    X(sp_und)     \
    X(lr_und)

/* The mode bits of an SPSR may not take any value. */
#define SPSRS(X) \
    X(SPSR_abt)  \
    X(SPSR_und)  \
    X(SPSR_irq)  \
    X(SPSR_fiq)
#define SPSR_VALUE(v) (((v)&0xf80f01c0u) | 0x13)

/* d0 to d31 */
#define FOUR(X, a, b, c, d) X(a) X(b) X(c) X(d)
#define DOUBLES(X)          \
    FOUR(X, 0, 1, 2, 3)     \
    FOUR(X, 4, 5, 6, 7)     \
    FOUR(X, 8, 9, 10, 11)   \
    FOUR(X, 12, 13, 14, 15) \
    FOUR(X, 16, 17, 18, 19) \
    FOUR(X, 20, 21, 22, 23) \
    FOUR(X, 24, 25, 26, 27) \
    FOUR(X, 28, 29, 30, 31)

struct values {
    unsigned count;
    uint32_t value[REGISTERS_MAX];
};

static uint32_t next(uint32_t *seed)
{
    return *seed = *seed * 1664525u + 1013904223u;
}

static void add(struct values *values, uint32_t value)
{
    values->value[values->count++] = value;
}

static void read_all(struct values *values)
{
    uint32_t word;
    uint64_t both;

    values->count = 0;
#define X(crn, op1, crm, op2) add(values, read_cp15(crn, op1, crm, op2));
    CP15(X)
#undef X
#define X(name)                                      \
    __asm__ volatile("mrs %0, " #name : "=r"(word)); \
    add(values, word);
    BANKED(X)
    SPSRS(X)
#undef X
#define X(n)                                              \
    __asm__ volatile("vmov %Q0, %R0, d" #n : "=r"(both)); \
    add(values, (uint32_t)both);                          \
    add(values, (uint32_t)(both >> 32));
    DOUBLES(X)
#undef X
    __asm__ volatile("vmrs %0, fpscr" : "=r"(word));
    add(values, word);
}

static void fill(uint32_t seed)
{
#define X(crn, op1, crm, op2) write_cp15(crn, op1, crm, op2, next(&seed));
    CP15(X)
#undef X
#define X(name) __asm__ volatile("msr " #name ", %0" ::"r"(next(&seed)));
    BANKED(X)
#undef X
#define X(name) __asm__ volatile("msr " #name ", %0" ::"r"(SPSR_VALUE(next(&seed))));
    SPSRS(X)
#undef X
#define X(n) __asm__ volatile("vmov d" #n ", %0, %1" ::"r"(next(&seed)), "r"(next(&seed)));
    DOUBLES(X)
#undef X
    __asm__ volatile("vmsr fpscr, %0" ::"r"(next(&seed) & 0xffc00000u));
}

/* CPACR: cp10 and cp11; FPEXC.EN */
static void enable_fp(void)
{
    write_cp15(c1, 0, c0, 2, 0xf << 20);
    __asm__ volatile("vmsr fpexc, %0" ::"r"(1u << 30));
}

/* The stacks of the other modes: start.S */
static void restore(const uint32_t stack[3])
{
    __asm__ volatile("msr sp_und, %0\n\tmsr sp_abt, %1\n\tmsr sp_irq, %2" ::"r"(stack[0]),
                     "r"(stack[1]), "r"(stack[2]));
}

static void save(uint32_t stack[3])
{
    __asm__ volatile("mrs %0, sp_und\n\tmrs %1, sp_abt\n\tmrs %2, sp_irq"
                     : "=r"(stack[0]), "=r"(stack[1]), "=r"(stack[2]));
}

unsigned registers_try(uint32_t seed, void (*wait)(void))
{
    static struct values before, after;
    uint32_t stack[3];
    unsigned changed = 0;

    enable_fp();
    save(stack);
    fill(seed);
    read_all(&before);
    wait();
    read_all(&after);
    restore(stack);
    for (unsigned i = 0; i < before.count; i++) {
        if (before.value[i] != after.value[i] && changed++ == 0) {
            tap_note("first register that changed", i);
        }
    }
    return changed;
}
