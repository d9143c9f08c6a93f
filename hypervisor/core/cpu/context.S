/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* context_save(x0), context_load(x0): see context.h, which has the list. */
#include "cpu/asm.inc"
#include "cpu/context.h"

#define SAVE(a, b) mrs x1, a; mrs x2, b; stp x1, x2, [x0], #16;
#define LOAD(a, b) ldp x1, x2, [x0], #16; msr a, x1; msr b, x2;

function context_save
    CONTEXT_PAIRS(SAVE)
    ret

function context_load
    CONTEXT_PAIRS(LOAD)
    ret
