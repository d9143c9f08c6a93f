/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* uint64_t id_register(unsigned n): the machine's value; order as in sysreg.c. */
    .section .text.idregs, "ax"
    .global id_register
id_register:
    adr x1, 1f
    add x1, x1, x0, lsl #3
    br x1
1:
    .irp crm, 1, 2, 3
    .irp op2, 0, 1, 2, 3, 4, 5, 6, 7
    mrs x0, S3_0_C0_C\crm\()_\op2
    ret
    .endr
    .endr
    .irp crm, 4, 5, 6, 7
    mrs x0, S3_0_C0_C\crm\()_0
    ret
    .endr
