/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Exception vectors of a service. The only interrupt that comes here is the one of deadman.h
 * (irq.h), so whatever else comes is a fault: the registers go to el1_exception(), which returns if
 * the service can go on. The service's stack is SP_EL0, so this has one that is not full.
 */
        .macro  slot number
        .balign 128
        sub     sp, sp, #272
        stp     x0, x1, [sp]
        mov     x1, #\number
        b       el1_save
        .endm

        .section .text.vectors, "ax"
        .balign 2048
        .global el1_vectors
el1_vectors:
        .irp    number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        slot    \number
        .endr

el1_save:
        stp     x2, x3, [sp, #16]
        stp     x4, x5, [sp, #32]
        stp     x6, x7, [sp, #48]
        stp     x8, x9, [sp, #64]
        stp     x10, x11, [sp, #80]
        stp     x12, x13, [sp, #96]
        stp     x14, x15, [sp, #112]
        stp     x16, x17, [sp, #128]
        stp     x18, x19, [sp, #144]
        stp     x20, x21, [sp, #160]
        stp     x22, x23, [sp, #176]
        stp     x24, x25, [sp, #192]
        stp     x26, x27, [sp, #208]
        stp     x28, x29, [sp, #224]
        mrs     x2, sp_el0
        stp     x30, x2, [sp, #240]
        mov     x0, sp
        bl      el1_exception
        ldp     x2, x3, [sp, #16]
        ldp     x4, x5, [sp, #32]
        ldp     x6, x7, [sp, #48]
        ldp     x8, x9, [sp, #64]
        ldp     x10, x11, [sp, #80]
        ldp     x12, x13, [sp, #96]
        ldp     x14, x15, [sp, #112]
        ldp     x16, x17, [sp, #128]
        ldp     x18, x19, [sp, #144]
        ldp     x20, x21, [sp, #160]
        ldp     x22, x23, [sp, #176]
        ldp     x24, x25, [sp, #192]
        ldp     x26, x27, [sp, #208]
        ldp     x28, x29, [sp, #224]
        ldr     x30, [sp, #240]
        ldp     x0, x1, [sp], #272
        eret
