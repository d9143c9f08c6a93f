/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* See t32.h. */
    .syntax unified
    .arch   armv7ve

#define GICD_TYPER 0x08000004
#define FIQ        0x11
#define SVC        0x13

    .text
    .thumb

    .thumb_func
    .global t32_block_mrc
t32_block_mrc:
    movs    r3, #0
    mov     r1, #0xffffffff
    cmp     r0, #1
    itete   eq
    mrceq   p15, 0, r1, c1, c0, 1       // ACTLR
    orrne   r3, r3, #2
    orreq   r3, r3, #4
    orrne   r3, r3, #8
    adds    r1, r1, #1                  // not carried out: it is all ones still
    it      ne
    orrne   r3, r3, #1
    mov     r0, r3
    bx      lr

    .thumb_func
    .global t32_block_ldr
t32_block_ldr:
    movs    r3, #0
    movs    r2, #0
    ldr     r1, =GICD_TYPER
    cmp     r0, #1
    itete   eq
    ldreq.n r2, [r1]
    orrne   r3, r3, #2
    orreq   r3, r3, #4
    orrne   r3, r3, #8
    cmp     r2, #0
    it      ne
    orrne   r3, r3, #1
    mov     r0, r3
    bx      lr

    .thumb_func
    .global t32_undefined
t32_undefined:
    adr     r0, 1f
    .balign 4
1:  mrc     p15, 0, r1, c11, c5, 7
    bx      lr

    .thumb_func
    .global t32_load
t32_load:
    mov     r1, r0
    adr     r0, 1f
    .balign 4
1:  ldr.w   r1, [r1]
    bx      lr

    .thumb_func
    .global t32_store
t32_store:
    mov     r1, r0
    adr     r0, 1f
    .balign 4
1:  str.w   r1, [r1]
    bx      lr
    .pool

    .arm
    .balign 4
    .type   a32_undefined, %function
    .global a32_undefined
a32_undefined:
    adr     r0, 1f
1:  mrc     p15, 0, r1, c11, c5, 7
    bx      lr

    .type   a32_load, %function
    .global a32_load
a32_load:
    mov     r1, r0
    adr     r0, 1f
1:  ldr     r1, [r1]
    bx      lr

    .type   a32_store, %function
    .global a32_store
a32_store:
    mov     r1, r0
    adr     r0, 1f
1:  str     r1, [r1]
    bx      lr

    .type   a32_load_many, %function
    .global a32_load_many
a32_load_many:
    mov     r1, r0
    adr     r0, 1f
1:  ldm     r1, {r2, r3}
    bx      lr

    // \reg loaded by way of r0, or r2 if it is r0; r1: value
    .macro  try reg, by
    mov     \by, r12
    mvn     \reg, r1
    ldr     \reg, [\by]
    cmp     \reg, r1
    ldr     \by, =mismatches
    beq     1f
    push    {r3}
    ldr     r3, [\by]
    add     r3, r3, #1
    str     r3, [\by]
    pop     {r3}
1:
    .endm

    .type   a32_load_each, %function
    .global a32_load_each
a32_load_each:
    push    {r4-r11, lr}
    mov     r12, r0
    ldr     r2, =mismatches
    mov     r3, #0
    str     r3, [r2]
    try     r0, r2
    .irp    reg, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, lr
    try     \reg, r0
    .endr
    mov     r2, r12
    ldr     r12, [r2]
    cmp     r12, r1
    mov     r12, r2
    ldr     r0, =mismatches
    ldr     r3, [r0]
    addne   r3, r3, #1
    cps     #FIQ
    ldr     r8, [r2]
    cmp     r8, r1
    addne   r3, r3, #1
    ldr     lr, [r2]
    cmp     lr, r1
    addne   r3, r3, #1
    cps     #SVC
    mov     r0, r3
    pop     {r4-r11, pc}
    .pool

    .bss
    .balign 4
mismatches:
    .skip   4
