/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * AArch32 at EL1 or EL0: conditions and IT state of what trapped. Pure, also built on the host.
 * Names are those of Arm DDI 0487, parts E and G.
 */
#ifndef TRAP_A32_STATE_H
#define TRAP_A32_STATE_H

#include <stdbool.h>
#include <stdint.h>

/* SPSR as AArch32 has it: ITSTATE is IT[7:2] in bits 15:10 and IT[1:0] in bits 26:25 */
#define A32_T       (1u << 5)
#define A32_IT_HIGH 0xfc00u
#define A32_IT_LOW  (3u << 25)

/*
 * The instruction that trapped passes its condition; iss is ESR_EL2.ISS of a class that has CV and
 * COND. Without CV it is a T32 one and ITSTATE tells.
 */
bool a32_passes(uint32_t iss, uint32_t spsr);

/* spsr behind an instruction in T32: ITAdvance(). Without an IT block nothing changes. */
uint32_t a32_advance(uint32_t spsr);

#endif
