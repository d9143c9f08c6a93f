/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Calls of a VM that EL2 leaves to its owner (SMCCC, Arm DEN0028): random numbers of the TRNG
 * firmware interface (DEN0098). Whatever else is asked for is not supported.
 */
#ifndef SMCCC_H
#define SMCCC_H

#include <stdint.h>

/* function, x1, x2 as the VM gave them; result: its x0..x3. Random numbers from entropy_fill. */
void smccc_call(uint32_t function, uint64_t x1, uint64_t x2, uint64_t result[4]);

#endif
