/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Entry of an AArch32 test guest, as of a 32-bit Linux kernel: Supervisor mode, MMU off, r0 = 0, r1 = ~0,
 * r2 = device tree; 64 KiB above the start of RAM. Exceptions run in the mode that they are taken to.
 */
#define STACK_SHIFT 12      /* of each mode */
#define MODES       4

#define UND 0x1b
#define ABT 0x17
#define IRQ 0x12
#define SVC 0x13

    .syntax unified
    .arch   armv7ve
    .arm

    .section .text.start, "ax"
    .global _start
_start:
    ldr     r3, =boot_registers
    stmia   r3, {r0-r2}
    mrs     r4, cpsr
    str     r4, [r3, #12]
    mov     r0, #0
    bl      set_up_cpu
    bl      main
    bl      tap_end

    // PSCI CPU_ON enters here, context id = CPU number; the second entry is in T32
    .global secondary_entry
secondary_entry:
    mov     r10, r0
    bl      set_up_cpu
    mov     r0, r10
    bl      secondary_main
    bl      psci_cpu_off
1:  wfi
    b       1b

    .thumb
    .thumb_func
    .global secondary_entry_t32
secondary_entry_t32:
    ldr     r1, =entered_t32
    ldr     r2, [r1]
    adds    r2, r2, #1
    str     r2, [r1]
    ldr     r1, =secondary_entry
    bx      r1
    .arm
    .balign 4

    // Stacks of CPU r0, a mode after the other, and vectors. Uses r0..r3.
set_up_cpu:
    mov     r3, lr
    ldr     r1, =stacks
    add     r1, r1, r0, lsl #STACK_SHIFT + 2
    .irp    mode, UND, ABT, IRQ, SVC
    cps     #\mode
    add     r1, r1, #1 << STACK_SHIFT
    mov     sp, r1
    .endr
    ldr     r1, =vectors
    mcr     p15, 0, r1, c12, c0, 0      // VBAR
    isb
    bx      r3

    // To C with a frame of r0..r12 and the return address: exception(frame, offset of the vector)
    .macro  entry offset
    push    {r0-r12, lr}
    mov     r0, sp
    mov     r1, #\offset
    bl      exception
    str     r0, [sp, #13 * 4]
    ldm     sp!, {r0-r12, pc}^
    .endm

    .balign 32
    .global vectors
vectors:
    b       .
    b       undefined
    b       .
    b       prefetch_abort
    b       data_abort
    b       .
    b       interrupt
    b       .
undefined:
    entry   0x04
prefetch_abort:
    entry   0x0c
data_abort:
    entry   0x10
interrupt:
    entry   0x18

    // The same for SCTLR.TE: in T32, one instruction each, back to A32
    .thumb
    .balign 32
    .global vectors_t32
vectors_t32:
    .rept   8
    ldr.w   pc, [pc, #28]               // 32 bytes behind itself, as PC is 4 ahead
    .endr
    .irp    handler, vectors, undefined, vectors, prefetch_abort, data_abort, vectors, interrupt, vectors
    .word   \handler
    .endr
    .arm

    .section .bss.stacks, "aw", %nobits
    .balign 16
stacks:
    .skip   8 * MODES << STACK_SHIFT
