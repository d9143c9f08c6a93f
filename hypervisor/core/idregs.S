/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* uint64_t id_register(unsigned n): an ID register of the machine, n as in sysreg.c. */
#include "asm.inc"

.macro id crm, op2:vararg
    .irp op, \op2
    mrs x0, S3_0_C0_C\crm\()_\op
    ret
    .endr
.endm

function id_register
    adr x1, id_registers
    add x1, x1, x0, lsl #3
    br x1

function id_registers
    id 1, 0, 1, 2, 3, 4, 5, 6, 7
    id 2, 0, 1, 2, 3, 4, 5, 6, 7
    id 3, 0, 1, 2, 3, 4, 5, 6, 7
    id 4, 0
    id 5, 0
    id 6, 0
    id 7, 0
