/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The VM that is to be attacked: position independent, copied to the start of its RAM. Reports the
 * word at PROBE again and again, by touching address REPORT + word: EL2 notes the address of the
 * abort in the VM's page. dma.c knows the numbers too.
 */
#define REPORT 0x100000000
#define PROBE  0x40800000

    .section .text.worker, "ax"
    .global worker_start, worker_end
    .balign 2048
worker_start:
    adr     x1, worker_start    // also the vectors: those used are at 0x200
    msr     vbar_el1, x1
    isb
    mov     x3, #REPORT
    mov     x2, #PROBE
1:  ldr     w1, [x2]
    ldr     w4, [x3, x1]
    b       1b

/* Synchronous exception: on with the next instruction. */
    .org    worker_start + 0x200
    mrs     x9, elr_el1
    add     x9, x9, #4
    msr     elr_el1, x9
    eret
worker_end:
