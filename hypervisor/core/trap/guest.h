/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The guest's instruction that trapped. */
#ifndef TRAP_GUEST_H
#define TRAP_GUEST_H

#include "cpu/arch.h"

#define WFX_WFE 1u /* ISS of a trapped WFI or WFE */

/* The trapped instruction is done: go on behind it. esr is ESR_EL2. */
void trap_skip(uint64_t esr);

#endif
