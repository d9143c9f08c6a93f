/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* fp_save(x0), fp_load(x0): struct fp_regs, see context.h. */
#include "cpu/asm.inc"

.macro all_q op
    \op q0, q1, [x0], #32
    \op q2, q3, [x0], #32
    \op q4, q5, [x0], #32
    \op q6, q7, [x0], #32
    \op q8, q9, [x0], #32
    \op q10, q11, [x0], #32
    \op q12, q13, [x0], #32
    \op q14, q15, [x0], #32
    \op q16, q17, [x0], #32
    \op q18, q19, [x0], #32
    \op q20, q21, [x0], #32
    \op q22, q23, [x0], #32
    \op q24, q25, [x0], #32
    \op q26, q27, [x0], #32
    \op q28, q29, [x0], #32
    \op q30, q31, [x0], #32
.endm

function fp_save
    all_q stp
    mrs x1, fpcr
    mrs x2, fpsr
    mrs x3, fpexc32_el2
    stp x1, x2, [x0]
    str x3, [x0, #16]
    ret

function fp_load
    all_q ldp
    ldp x1, x2, [x0]
    msr fpcr, x1
    msr fpsr, x2
    ldr x1, [x0, #16]
    msr fpexc32_el2, x1
    ret
