/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Header of an arm64 Linux Image (booting.rst): any loader of Linux starts it. */
    .section .text.start, "ax"
    .global _start
_start:
    b       1f
    nop
    .quad   0                   // text_offset
    .quad   image_size
    .quad   0                   // flags: little endian
    .quad   0, 0, 0
    .ascii  "ARM\x64"
    .word   0
1:  msr     daifset, #15
    ldr     x0, =stack_top
    mov     sp, x0
    ldr     x0, =bss_start
    ldr     x1, =bss_end
2:  cmp     x0, x1
    b.hs    3f
    str     xzr, [x0], #8
    b       2b
3:  bl      main
4:  wfi
    b       4b

    .section .bss.stack, "aw", %nobits
    .balign 16
    .skip   4096
stack_top:
