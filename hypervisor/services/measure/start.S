/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * First program of a measured VM (phonebooth/measure.h): EL1, MMU off, x0 = struct pb_measure. Where
 * it ends the VM's own first program finds the CPU as after a start.
 */
#define STACK_SIZE 4096

        .section .text.start, "ax"
        .global _start
_start:
        mov     x19, x0
        ldr     x1, [x0, #16]
        mov     sp, x1
        sub     x2, x1, #STACK_SIZE             // or what the owner has left in a cache would come over it
1:      dc      civac, x2
        add     x2, x2, #64
        cmp     x2, x1
        b.lo    1b
        dsb     sy
        mrs     x20, cpacr_el1
        orr     x1, x20, #(3 << 20)             // FPEN
        msr     cpacr_el1, x1
        isb
        bl      measure
        cbz     w0, refuse

        ldr     x1, [x19, #16]
        sub     x2, x1, #STACK_SIZE
1:      stp     xzr, xzr, [x2], #16
        cmp     x2, x1
        b.lo    1b
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        movi    v\n\().2d, #0
        .endr
        msr     cpacr_el1, x20
        isb
        ic      iallu                           // what was fetched before the caches were cleaned
        dsb     sy
        isb
        ldp     x16, x0, [x19]
        .irp    n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
        mov     x\n, xzr
        .endr
        mov     sp, x1
        br      x16

refuse: movz    w0, #0x8400, lsl #16            // PSCI SYSTEM_OFF
        movk    w0, #8
        smc     #0
        b       .
