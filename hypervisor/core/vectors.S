/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Exceptions taken to EL2. While a guest runs SP_EL2 is its struct vcpu, whose
 * first member are x0..x30; EL2's C code runs on the stack at the end of its
 * struct pcpu. ELR_EL2 and SPSR_EL2 stay in the CPU: EL2 takes no exception of its
 * own but a fatal one.
 *
 * A vector is 128 bytes; most need a branch only. The rest of them holds the other
 * assembly of EL2: start, vCPU entry, FP/SIMD, ID registers.
 */
    .arch armv8-a+fp+simd

#define PCPU_SIZE 4096

.macro vector
    .balign 128
.endm

.macro save_regs
    stp x0, x1, [sp]
    stp x2, x3, [sp, #16]
    stp x4, x5, [sp, #32]
    stp x6, x7, [sp, #48]
    stp x8, x9, [sp, #64]
    stp x10, x11, [sp, #80]
    stp x12, x13, [sp, #96]
    stp x14, x15, [sp, #112]
    stp x16, x17, [sp, #128]
    stp x18, x19, [sp, #144]
    stp x20, x21, [sp, #160]
    stp x22, x23, [sp, #176]
    stp x24, x25, [sp, #192]
    stp x26, x27, [sp, #208]
    stp x28, x29, [sp, #224]
    str x30, [sp, #240]
.endm

.macro guest_exit handler
    save_regs
    mov x0, sp
    mrs x1, tpidr_el2
    add sp, x1, #PCPU_SIZE
    bl \handler
    b vcpu_enter
.endm

/* q0..q31 to or from struct fp_regs at x0. */
.macro all_q op
    \op q0, q1, [x0], #32
    \op q2, q3, [x0], #32
    \op q4, q5, [x0], #32
    \op q6, q7, [x0], #32
    \op q8, q9, [x0], #32
    \op q10, q11, [x0], #32
    \op q12, q13, [x0], #32
    \op q14, q15, [x0], #32
    \op q16, q17, [x0], #32
    \op q18, q19, [x0], #32
    \op q20, q21, [x0], #32
    \op q22, q23, [x0], #32
    \op q24, q25, [x0], #32
    \op q26, q27, [x0], #32
    \op q28, q29, [x0], #32
    \op q30, q31, [x0], #32
.endm

.macro id crm, op2:vararg
    .irp op, \op2
    mrs x0, S3_0_C0_C\crm\()_\op
    ret
    .endr
.endm

    .section .text.vectors, "ax"
    .balign 2048
    .global vectors
vectors:
/* 0x000: from EL2 with SP_EL0, which EL2 does not use */
    b el2_fault

    .global fp_save
fp_save:
    all_q stp
    mrs x1, fpcr
    mrs x2, fpsr
    mrs x3, fpexc32_el2
    stp x1, x2, [x0]
    str x3, [x0, #16]
    ret

vector
    b el2_fault

    .global fp_load
fp_load:
    all_q ldp
    ldp x1, x2, [x0]
    msr fpcr, x1
    msr fpsr, x2
    ldr x1, [x0, #16]
    msr fpexc32_el2, x1
    ret

vector
    b el2_fault

/* Run the vCPU at x0. */
    .global vcpu_enter
vcpu_enter:
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

vector
    b el2_fault

/* A fault of EL2: registers to the stack, dump, halt. */
el2_fault:
    sub sp, sp, #256
    save_regs
    mov x0, sp
    b panic

/* 0x200: from EL2 itself */
vector
    b el2_fault

/*
 * Entry of every physical CPU, at EL2, MMU off. The loader has cleaned the image and
 * the table to the point of coherency. CPU 0 starts at _start, once; the others
 * come by PSCI CPU_ON to pcpu_start with their number in x0.
 */
    .global _start
_start:
    msr daifset, #15
    adr x1, __bss_start
    adr x2, __bss_end
1:  stp xzr, xzr, [x1], #16
    cmp x1, x2
    b.lo 1b
    mov x0, #0
    bl set_stack
    bl mmu_build
    bl mmu_enable
    b boot_first

    .global pcpu_start
pcpu_start:
    msr daifset, #15
    bl set_stack
    bl mmu_enable
    b boot_secondary

vector
    b el2_fault

/* x0: pCPU number. TPIDR_EL2, SP and vectors for it. */
set_stack:
    adr x1, pcpu_area
    mov x2, #PCPU_SIZE
    madd x1, x0, x2, x1
    msr tpidr_el2, x1
    add sp, x1, #PCPU_SIZE
    adr x1, vectors
    msr vbar_el2, x1
    ret

vector
    b el2_fault

/* Translation on, with the tables that mmu_build made. */
mmu_enable:
    adr x0, mmu_root
    msr ttbr0_el2, x0
    mov x0, #0x00ff             /* MAIR: 0 normal write-back, 1 Device-nGnRnE */
    msr mair_el2, x0
    mrs x0, id_aa64mmfr0_el1
    and x0, x0, #7              /* PARange */
    movz x1, #0x8080, lsl #16   /* RES1 */
    movk x1, #0x3519            /* T0SZ 25, write-back, inner shareable, 4 KiB */
    bfi x1, x0, #16, #3
    msr tcr_el2, x1
    movz x1, #0x8000, lsl #16   /* RES1 */
    movk x1, #0x3559            /* the same, SL0: level 1 */
    bfi x1, x0, #16, #3
    msr vtcr_el2, x1
    b 1f

vector
    b el2_fault

1:  dsb sy
    tlbi alle2
    tlbi alle1
    ic iallu
    dsb sy
    isb
    movz x0, #0x30cd, lsl #16   /* RES1, WXN */
    movk x0, #0x183d            /* RES1, I, SA, C, M */
    msr sctlr_el2, x0
    isb
    ret

/* 0x400: from a guest in AArch64 */
vector
guest_sync:
    guest_exit trap_sync
vector
guest_irq:
    guest_exit trap_irq
vector
    b guest_irq                 /* FIQ: none is ever enabled */
vector
guest_serror:
    guest_exit trap_serror
/* 0x600: in AArch32 */
vector
    b guest_sync

/*
 * uint64_t id_register(unsigned n): an ID register of the machine, n as in sysreg.c.
 * Eight bytes each; they go on in the next two vectors.
 */
    .global id_register
id_register:
    adr x1, 1f
    cmp w0, #14
    b.lo 2f
    add x1, x1, #128 - 14 * 8
2:  add x1, x1, x0, lsl #3
    br x1

vector
    b guest_irq
1:  id 1, 0, 1, 2, 3, 4, 5, 6, 7
    id 2, 0, 1, 2, 3, 4, 5

vector
    b guest_irq
    id 2, 6, 7
    id 3, 0, 1, 2, 3, 4, 5, 6, 7
    id 4, 0
    id 5, 0
    id 6, 0
    id 7, 0
vector
    b guest_serror
