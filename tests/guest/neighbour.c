/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The other guest of the isolation test: fills its RAM with a pattern, then tries for ever to write
 * it everywhere else, and fills its registers. It has no UART and never ends; run-virt looks for
 * the pattern from outside.
 */
#include "lib/exception.h"
#include "lib/later.h"
#include "lib/neighbour.h"
#include "lib/platform.h"
#include "lib/registers.h"

#define STEP      0x200000ull
#define SPACE_END 0x200000000ull

int main(uint64_t dtb);

/* Store to what another guest has there; and let debug exceptions come. */
static void watch(void)
{
    write_sysreg(dbgwvr0_el1, NEIGHBOUR_WATCHES);
    write_sysreg(dbgwcr0_el1, 0x1ff3);
    write_sysreg(mdscr_el1, 0xa000); /* MDE, KDE */
    __asm__ volatile("isb\n\tmsr daifclr, #8" ::: "memory");
}

int main(uint64_t dtb)
{
    struct registers seen;
    uint64_t later[LATER_COUNT];
    uint64_t rounds = 0;
    unsigned which;

    (void)dtb;
    for (uint64_t at = NEIGHBOUR_START; at < NEIGHBOUR_END; at += 8) {
        write64(at, NEIGHBOUR_PATTERN);
    }
    for (;;) {
        for (uint64_t at = 0; at < SPACE_END; at += STEP) {
            if (at < RAM_BASE || at >= NEIGHBOUR_END) {
                try_write32(at, (uint32_t)NEIGHBOUR_PATTERN);
            }
        }
        later_fill(NEIGHBOUR_PATTERN, later);
        registers_fill(NEIGHBOUR_PATTERN, &seen);
        watch();
        spin_ms(20);
        registers_changed(&seen, &which);
        write64(NEIGHBOUR_ROUNDS, ++rounds);
    }
}
