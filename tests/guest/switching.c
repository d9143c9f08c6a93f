/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A neighbour of the same priority on the same CPU, which fills every register with values of its
 * own: this guest's must not change. That both get their turns is for `run` to see.
 */
#include "lib/platform.h"
#include "lib/registers.h"
#include "lib/tap.h"

#define ROUNDS       10
#define ROUND_MS     50
#define GENERAL_SEED 0x1234567890abcdefull

int main(uint64_t dtb);

static void test_registers(void)
{
    struct registers seen;
    unsigned changed = 0, which = 0;

    for (unsigned i = 0; i < ROUNDS && !changed; i++) {
        registers_fill(GENERAL_SEED + i, &seen);
        spin_ms(ROUND_MS);
        changed = registers_changed(&seen, &which);
    }
    if (changed) {
        tap_note("first register that changed", which);
    }
    tap_is(changed, 0, "system, floating-point and vector registers are this guest's alone");
}

/* x1 to x28 in one instruction stream; x0 counts down. */
static void test_general(void)
{
    uint64_t wrong;

    __asm__ volatile(
        "mov x0, #0\n\t"
        ".irp n,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,20,21,22,23,24,25,26,27,28\n\t"
        "mov x\\n, #(0x5a00 + \\n)\n\t"
        ".endr\n\t"
        "ldr x1, =40000000\n"
        "1: subs x1, x1, #1\n\t"
        "b.ne 1b\n\t"
        ".irp n,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,20,21,22,23,24,25,26,27,28\n\t"
        "mov x1, #(0x5a00 + \\n)\n\t"
        "eor x1, x1, x\\n\n\t"
        "orr x0, x0, x1\n\t"
        ".endr\n\t"
        "mov %0, x0"
        : "=r"(wrong)::"x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11",
          "x12", "x13", "x14", "x15", "x16", "x17", "x18", "x20", "x21", "x22", "x23", "x24", "x25",
          "x26", "x27", "x28", "cc", "memory");
    tap_is(wrong, 0, "general registers are this guest's alone");
}

int main(uint64_t dtb)
{
    (void)dtb;
    test_registers();
    test_general();
    return 0;
}
