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
#include "cpu/asm.inc"

    .if VCPU_X
    .error "SP_EL2 points at the guest's registers: x is a vCPU's first member"
    .endif

.macro vector n
    .section .text.vector.\n, "ax"
.endm

/*
 * What C code changes of a guest's registers; x0: the vCPU, x1: the pCPU, stack. Most exits leave
 * the others, which C code keeps (x19..x29) or does not use, where they are.
 */
.macro enter_c
    save_changing
    mov x0, sp
    mrs x1, tpidr_el2
    add sp, x1, #PCPU_SIZE
.endm

.macro rare_exit handler, next
    str x30, [sp, #240]
    bl rare_enter_c
    \handler
    b \next
.endm

/* From EL2 itself: nothing it survives. */
.irp n, 0, 1, 2, 3, 4, 5, 6, 7
vector \n
    b el2_fault
.endr

/* From a guest in AArch64; FIQ: none is ever enabled. */
vector 8
    enter_c
    mrs x2, esr_el2
    lsr x2, x2, #26
    cmp x2, #CLASS_HVC64
    b.ne guest_sync
    ldr x2, [x1, #PCPU_HVCS]
    add x2, x2, #1
    str x2, [x1, #PCPU_HVCS]
    bl hypercall
    b guest_leave
vector 9
guest_irq:
    enter_c
    bl trap_irq
    b guest_leave
vector 10
    b guest_irq
vector 11
    b guest_serror

/* From a guest in AArch32 */
vector 12
    rare_exit "adr x2, trap_sync32", guest_all
vector 13
    b guest_irq
vector 14
    b guest_irq
vector 15
    b guest_serror

function guest_serror
    rare_exit "bl trap_serror", guest_leave

function rare_enter_c
    save_changing_but_x30
    mov x0, sp
    mrs x1, tpidr_el2
    add sp, x1, #PCPU_SIZE
    ret

/* Handlers at x2 that see or set any register of the guest. */
function guest_sync
    adr x2, trap_sync
guest_all:
    save_kept x0
    blr x2
    b vcpu_enter

/* Back into the guest, if nothing is to be done before. */
function guest_leave
    mrs x1, tpidr_el2
    ldr x0, [x1, #PCPU_CUR]
    ldrb w2, [x1, #PCPU_RESCHED]
    ldrb w3, [x0, #VCPU_DIRTY]
    orr w2, w2, w3
    cbz w2, vcpu_enter_kept
    save_kept x0
    bl sched_settle
/* Run the vCPU at x0. */
    .global vcpu_enter
vcpu_enter:
    ldp x16, x17, [x0, #128]
    ldp x18, x19, [x0, #144]
    ldp x20, x21, [x0, #160]
    ldp x22, x23, [x0, #176]
    ldp x24, x25, [x0, #192]
    ldp x26, x27, [x0, #208]
    ldp x28, x29, [x0, #224]
vcpu_enter_kept:
    mov sp, x0
    ldp x2, x3, [sp, #16]
    ldp x4, x5, [sp, #32]
    ldp x6, x7, [sp, #48]
    ldp x8, x9, [sp, #64]
    ldp x10, x11, [sp, #80]
    ldp x12, x13, [sp, #96]
    ldp x14, x15, [sp, #112]
    ldr x30, [sp, #240]
    ldp x0, x1, [sp]
    eret

/* A fault of EL2: registers to the stack, dump, halt. */
function el2_fault
    sub sp, sp, #256
    save_changing
    save_kept sp
    mov x0, sp
    b panic
