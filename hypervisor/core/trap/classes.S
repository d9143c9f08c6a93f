/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Which function answers which exception class, ESR_EL2.EC, from a guest: trap.h, cpu/table.h. */
#include "cpu/asm.inc"
#include "trap/classes.h"

    .section .rodata.classes, "a"
    .balign 2

.macro class ec, handler
    .org trap_classes + 2 * \ec
    .hword \handler - .
.endm

/* In ascending order. What is not here is 0: undefined for the guest. */
    .global trap_classes
trap_classes:
    class CLASS_WFX, trap_wfx
    class CLASS_FP, trap_fp
    class CLASS_HVC32, trap_hvc
    class CLASS_SMC32, trap_smc
    class CLASS_SMC64, trap_smc
    class CLASS_SYSREG, trap_sysreg
    class CLASS_IABT_LOW, trap_inst_abort
    class CLASS_DABT_LOW, trap_data_abort
    .org trap_classes + 2 * TRAP_CLASSES
