/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Entry of a test guest. It has the header of an arm64 Linux Image (booting.rst), so that it
 * starts wherever Linux does: x0 = device tree, MMU off, loaded 2 MiB above the start of RAM.
 */
#define STACK_SHIFT 13

    .section .text.start, "ax"
    .global _start
_start:
    b       primary
    nop
    .quad   0                   // text_offset
    .quad   image_size
    .quad   0                   // flags: little endian
    .quad   0, 0, 0
    .ascii  "ARM\x64"
    .word   0

primary:
    adr     x1, bss_start
    ldr     x2, =bss_end
1:  cmp     x1, x2
    b.hs    2f
    str     xzr, [x1], #8
    b       1b
2:  mov     x19, x0
    mov     x0, xzr
    bl      set_up_cpu
    mov     x0, x19
    bl      main
    bl      tap_end

    // PSCI CPU_ON enters here, context id = CPU number
    .global secondary_entry
secondary_entry:
    mov     x19, x0
    bl      set_up_cpu
    mov     x0, x19
    bl      secondary_main
    bl      psci_cpu_off
1:  wfi
    b       1b

    // int64_t psci_system_suspend(uint64_t context): PSCI's error, or `context` after a sleep
    .global psci_system_suspend
psci_system_suspend:
    stp     x29, x30, [sp, #-96]!
    stp     x19, x20, [sp, #16]
    stp     x21, x22, [sp, #32]
    stp     x23, x24, [sp, #48]
    stp     x25, x26, [sp, #64]
    stp     x27, x28, [sp, #80]
    ldr     x3, =suspended_sp
    mov     x4, sp
    str     x4, [x3]
    mov     x2, x0
    adr     x1, 1f
    ldr     w0, =0xc400000e
    hvc     #0
    b       2f
1:  mov     x19, x0             // as after reset
    mov     x0, xzr
    bl      set_up_cpu
    mov     x0, x19
    ldr     x3, =suspended_sp
    ldr     x4, [x3]
    mov     sp, x4
2:  ldp     x19, x20, [sp, #16]
    ldp     x21, x22, [sp, #32]
    ldp     x23, x24, [sp, #48]
    ldp     x25, x26, [sp, #64]
    ldp     x27, x28, [sp, #80]
    ldp     x29, x30, [sp], #96
    ret

    // Stack of CPU x0 and vectors. Uses x0..x2.
set_up_cpu:
    ldr     x1, =stacks
    add     x0, x0, #1
    add     x1, x1, x0, lsl #STACK_SHIFT
    mov     sp, x1
    adr     x1, vectors
    msr     vbar_el1, x1
    isb
    ret

    // One vector: save everything that C may change, call exception(frame, offset of the vector)
    .macro  vector offset
    .balign 128
    sub     sp, sp, #272
    stp     x0, x1, [sp]
    mov     x1, #\offset
    b       exception_entry
    .endm

    .balign 2048
vectors:
    .irp    offset, 0x000, 0x080, 0x100, 0x180, 0x200, 0x280, 0x300, 0x380
    vector  \offset
    .endr
    .irp    offset, 0x400, 0x480, 0x500, 0x580, 0x600, 0x680, 0x700, 0x780
    vector  \offset
    .endr

exception_entry:
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
    mrs     x2, elr_el1
    mrs     x3, spsr_el1
    stp     x30, x2, [sp, #240]
    str     x3, [sp, #256]
    mov     x0, sp
    bl      exception
    ldp     x30, x2, [sp, #240]
    ldr     x3, [sp, #256]
    msr     elr_el1, x2
    msr     spsr_el1, x3
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
    ldp     x0, x1, [sp]
    add     sp, sp, #272
    eret

    .section .bss.stacks, "aw", %nobits
    .balign 16
suspended_sp:
    .skip   16
stacks:
    .skip   8 << STACK_SHIFT
