/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Registers of architectures after Armv8.0 that a CPU may have although the guest is told
 * otherwise: undefined, or this guest's alone. The neighbour, on the same CPU, writes them as well.
 */
#include "lib/exception.h"
#include "lib/later.h"
#include "lib/platform.h"
#include "lib/tap.h"

#define ROUNDS   20
#define ROUND_MS 50
#define PATTERN  0x41001234u

int main(uint64_t dtb);

int main(uint64_t dtb)
{
    uint64_t seen[LATER_COUNT];
    unsigned there, changed = 0;

    (void)dtb;
    there = later_fill(PATTERN, seen);
    tap_note("registers that this CPU has, a bit for each", there);
    tap_ok(there & LATER_DISR, "the CPU is one with RAS: this test says something");
    for (unsigned i = 1; i <= ROUNDS && !changed; i++) {
        later_fill(PATTERN + i, seen);
        spin_ms(ROUND_MS);
        changed = later_changed(there, seen);
    }
    tap_is(changed, 0, "none is changed by the neighbour");
    return 0;
}
