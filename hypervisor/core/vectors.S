/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Exceptions taken to EL2. While a guest runs SP_EL2 is its struct vcpu, whose
 * first member are x0..x30; EL2's C code runs on the stack at the end of its
 * struct pcpu. ELR_EL2 and SPSR_EL2 stay in the CPU: EL2 takes no exception of its
 * own but a fatal one.
 *
 * A vector has 128 bytes, most need a branch only: each is a section of its own, and
 * what a vector leaves is filled with functions of EL2 (hypervisor/fill-vectors).
 */
#include "asm.inc"

.macro vector n
    .section .text.vector.\n, "ax"
.endm

.macro guest_exit handler
    save_regs
    mov x0, sp
    mrs x1, tpidr_el2
    add sp, x1, #PCPU_SIZE
    bl \handler
    b vcpu_enter
.endm

.macro slow_exit handler
    str x30, [sp, #240]
    bl save_slow
    bl \handler
    b vcpu_enter
.endm

/* From EL2 itself: nothing it survives. */
.irp n, 0, 1, 2, 3, 4, 5, 6, 7
vector \n
    b el2_fault
.endr

/* From a guest in AArch64; FIQ: none is ever enabled. */
vector 8
    guest_exit trap_sync
vector 9
guest_irq:
    guest_exit trap_irq
vector 10
    b guest_irq
vector 11
    b guest_serror

/* From a guest in AArch32 */
vector 12
    slow_exit trap_sync32
vector 13
    b guest_irq
vector 14
    b guest_irq
vector 15
    b guest_serror

function guest_serror
    slow_exit trap_serror

/* For exits that are rare: registers saved but x30, and the stack. x0: the vCPU */
function save_slow
    save_regs_but_x30
    mov x0, sp
    mrs x1, tpidr_el2
    add sp, x1, #PCPU_SIZE
    ret

/* Run the vCPU at x0. */
function vcpu_enter
    mov sp, x0
    ldp x2, x3, [sp, #16]
    ldp x4, x5, [sp, #32]
    ldp x6, x7, [sp, #48]
    ldp x8, x9, [sp, #64]
    ldp x10, x11, [sp, #80]
    ldp x12, x13, [sp, #96]
    ldp x14, x15, [sp, #112]
    ldp x16, x17, [sp, #128]
    ldp x18, x19, [sp, #144]
    ldp x20, x21, [sp, #160]
    ldp x22, x23, [sp, #176]
    ldp x24, x25, [sp, #192]
    ldp x26, x27, [sp, #208]
    ldp x28, x29, [sp, #224]
    ldr x30, [sp, #240]
    ldp x0, x1, [sp]
    eret

/* A fault of EL2: registers to the stack, dump, halt. */
function el2_fault
    sub sp, sp, #256
    save_regs
    mov x0, sp
    b panic
