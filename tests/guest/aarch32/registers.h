/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Every register of an AArch32 vCPU that another one's may take the place of. */
#ifndef GUEST_AARCH32_REGISTERS_H
#define GUEST_AARCH32_REGISTERS_H

#include <stdint.h>

#define REGISTERS_MAX 128

/*
 * Fills all with values that depend on `seed`, reads them back into *seen (bits that do not exist
 * read as zero), calls wait(), restores what the program needs. The number that had changed by
 * then. IRQs masked.
 */
unsigned registers_try(uint32_t seed, void (*wait)(void));

#endif
