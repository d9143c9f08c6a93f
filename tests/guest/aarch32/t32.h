/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What is to be tried in T32, and what needs instructions that C does not give. */
#ifndef GUEST_AARCH32_T32_H
#define GUEST_AARCH32_T32_H

#include <stdint.h>

/*
 * An IT block whose first instruction is one that EL2 traps: ACTLR by MRC; GICD_TYPER by a 16-bit
 * LDR. `equal` is its condition. Bit n of the result: instruction n+1 of the four was carried out.
 * The pattern is then, else, then, else.
 */
uint32_t t32_block_mrc(uint32_t equal);
uint32_t t32_block_ldr(uint32_t equal);

/* CP15 register that no CPU has; load and store of 32 bits, aborting; each returns its own address.
 */
uint32_t t32_undefined(void);
uint32_t t32_load(uint32_t address);
uint32_t t32_store(uint32_t address);
uint32_t a32_undefined(void);
uint32_t a32_load(uint32_t address);
uint32_t a32_store(uint32_t address);
uint32_t a32_load_many(uint32_t address);

/* *address loaded into each of r0..r12 and lr, and into FIQ mode's r8 and lr: the number that is
 * not `value`. */
uint32_t a32_load_each(uint32_t address, uint32_t value);

#endif
