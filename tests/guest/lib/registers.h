/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Every register of a vCPU that another one's may take the place of: filled, read, compared. */
#ifndef GUEST_REGISTERS_H
#define GUEST_REGISTERS_H

#include <stdbool.h>
#include <stdint.h>

#define REGISTERS_SYSTEM 30
#define REGISTERS_VECTOR 64 /* q0 to q31, two words each */

struct registers {
    uint64_t system[REGISTERS_SYSTEM];
    uint64_t vector[REGISTERS_VECTOR];
    uint64_t control[2]; /* FPCR, FPSR */
};

/*
 * Fills all with values that depend on `seed` and reads them back into *seen: bits that do not
 * exist read as zero. IRQs must be masked, and no exception be taken, until registers_changed().
 */
void registers_fill(uint64_t seed, struct registers *seen);

/* Number of registers that differ from *seen; *which is the first: an index, vectors after system.
 */
unsigned registers_changed(const struct registers *seen, unsigned *which);

#endif
