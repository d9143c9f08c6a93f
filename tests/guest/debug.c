/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Hardware breakpoints and watchpoints (Arm DDI 0487, D2): they hit, and are this guest's alone.
 * The neighbour, on the same CPU, watches what this guest writes (lib/neighbour.h), and this one
 * what the neighbour writes.
 */
#include "lib/exception.h"
#include "lib/neighbour.h"
#include "lib/platform.h"
#include "lib/tap.h"

#define EC_BREAKPOINT 0x31 /* of this level */
#define EC_WATCHPOINT 0x35

#define MDSCR_MDE (1ull << 15)
#define MDSCR_KDE (1ull << 13)

/* DBGBCR, DBGWCR: enabled, at EL1; a whole instruction; 8 bytes */
#define BREAK_ON     0x1e3u
#define WATCH_LOADS  0x1febu
#define WATCH_STORES 0x1ff3u

int main(uint64_t dtb);
void debug_here(void);
void debug_there(void);

__asm__(".global debug_here, debug_there\n"
        "debug_here: nop\n\tret\n"
        "debug_there: nop\n\tret\n");

static volatile uint64_t watched[2] __attribute__((aligned(16)));

/* What comes meanwhile is taken. */
static void begin(void)
{
    exception_expect();
    __asm__ volatile("isb\n\tmsr daifclr, #8" ::: "memory");
}

static struct trap end(void)
{
    __asm__ volatile("msr daifset, #8" ::: "memory");
    return exception_taken();
}

static void test_identification(void)
{
    uint64_t dfr = read_sysreg(id_aa64dfr0_el1);

    tap_ok((dfr >> 12 & 15) >= 1, "two breakpoints, or more");
    tap_ok((dfr >> 20 & 15) >= 1, "two watchpoints, or more");
}

static void test_break(void (*place)(void), const char *what)
{
    struct trap trap;

    begin();
    place();
    trap = end();
    tap_is(trap.count, 1, what);
    tap_is(trap_class(&trap), EC_BREAKPOINT, "  a breakpoint of this level");
    tap_is(trap.elr, (uint64_t)place, "  at its address");
}

static void test_breakpoints(void)
{
    write_sysreg(dbgbvr0_el1, (uint64_t)debug_here);
    write_sysreg(dbgbcr0_el1, BREAK_ON);
    write_sysreg(dbgbvr1_el1, (uint64_t)debug_there);
    write_sysreg(dbgbcr1_el1, BREAK_ON);
    tap_is(read_sysreg(dbgbvr1_el1), (uint64_t)debug_there, "DBGBVR1_EL1 reads as written");
    begin();
    debug_here();
    tap_is(end().count, 0, "no breakpoint hits while MDSCR_EL1.MDE is 0");
    write_sysreg(mdscr_el1, MDSCR_MDE | MDSCR_KDE);
    test_break(debug_here, "breakpoint 0");
    test_break(debug_there, "breakpoint 1");
    write_sysreg(dbgbcr0_el1, 0);
    begin();
    debug_here();
    tap_is(end().count, 0, "a disabled one does not hit");
    test_break(debug_there, "the other one still does");
    write_sysreg(dbgbcr1_el1, 0);
}

static void test_watchpoints(void)
{
    struct trap trap;

    write_sysreg(dbgwvr0_el1, (uint64_t)&watched[0]);
    write_sysreg(dbgwcr0_el1, WATCH_STORES);
    write_sysreg(dbgwvr1_el1, (uint64_t)&watched[1]);
    write_sysreg(dbgwcr1_el1, WATCH_LOADS);
    begin();
    (void)watched[0];
    watched[1] = 1;
    tap_is(end().count, 0, "no hit by what is not watched");
    begin();
    watched[0] = 1;
    trap = end();
    tap_is(trap.count, 1, "a store that is watched");
    tap_is(trap_class(&trap), EC_WATCHPOINT, "  a watchpoint of this level");
    tap_is(trap.far, (uint64_t)&watched[0], "  at its address");
    tap_is(trap.esr & ESR_WNR, ESR_WNR, "  of a store");
    tap_is(watched[0], 0, "  which was not made");
    begin();
    (void)watched[1];
    trap = end();
    tap_is(trap.count, 1, "a load that is watched");
    tap_is(trap.esr & ESR_WNR, 0, "  is one of a load");
}

/* For a second, while the neighbour has its turns on this CPU. */
static void test_apart(void)
{
    uint64_t stop = ticks() + ms_to_ticks(1000);
    volatile uint64_t *theirs = (volatile uint64_t *)NEIGHBOUR_WATCHES;

    write_sysreg(dbgwcr0_el1, 0);
    write_sysreg(dbgwvr1_el1, NEIGHBOUR_ROUNDS);
    write_sysreg(dbgwcr1_el1, WATCH_STORES);
    begin();
    while (ticks() < stop) {
        *theirs = *theirs + 1;
    }
    tap_is(end().count, 0, "what the neighbour watches is no exception here");
    tap_is(read_sysreg(dbgwvr1_el1), NEIGHBOUR_ROUNDS, "and these are as they were");
    write_sysreg(dbgwcr1_el1, 0);
    write_sysreg(mdscr_el1, 0);
}

int main(uint64_t dtb)
{
    (void)dtb;
    write_sysreg(oslar_el1, 0);
    test_identification();
    test_breakpoints();
    test_watchpoints();
    test_apart();
    return 0;
}
