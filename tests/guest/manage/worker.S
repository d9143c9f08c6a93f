/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The VM that the test manages: position independent, copied to the start of its RAM. x0 says what it
 * does. It has no memory that the owner sees, so it reports a value by touching address
 * REPORT + value: EL2 notes the address of the abort in the VM's page.
 */
#define REPORT 0x100000000

/* What a life may leave to the next one; all are 0 when it begins. */
#define FRESH_REGISTERS tpidr_el0, tpidrro_el0, tpidr_el1, contextidr_el1, ttbr0_el1, ttbr1_el1, \
    tcr_el1, mair_el1, amair_el1, far_el1, esr_el1, afsr0_el1, afsr1_el1, elr_el1, spsr_el1, sp_el0, \
    par_el1, cntkctl_el1, csselr_el1, cntv_cval_el0, cntp_cval_el0

    .section .text.worker, "ax"
    .global worker_start, worker_end
    .balign 2048
worker_start:
    adr     x1, worker_start    // also the vectors: those used are at 0x200
    msr     vbar_el1, x1
    isb
    mov     x19, #REPORT
    adr     x2, tasks
    add     x2, x2, x0, lsl #2
    br      x2
tasks:
    b       task_clock
    b       task_off
    b       task_reset
    b       task_denied
    b       task_pending
    b       task_post
    b       task_sleep
    b       task_suspend
    b       task_stolen
    b       task_fill
    b       task_count

/* 0: the virtual counter, again and again */
task_clock:
    isb
    mrs     x1, cntvct_el0
    and     x1, x1, #0xfffffff8
    ldr     x2, [x19, x1]
    b       task_clock

/* 1, 2: PSCI SYSTEM_OFF, SYSTEM_RESET */
task_off:
    mov     w0, #0x84000000
    add     w0, w0, #8
    hvc     #0
    b       .
task_reset:
    mov     w0, #0x84000000
    add     w0, w0, #9
    hvc     #0
    b       .

/* 3: PB_CALL_VM_STOP of VM 0, which it may not; the result times -8 */
task_denied:
    movz    w0, #0xc600, lsl #16
    add     w0, w0, #3
    mov     x1, #0
    hvc     #0
    neg     x0, x0
    lsl     x0, x0, #3
    ldr     x2, [x19, x0]
    b       .

/* 4: GICD_ISPENDR1 times 8, again and again */
task_pending:
    mov     x3, #0x08000000
1:  ldr     w1, [x3, #0x204]
    lsl     x1, x1, #3
    ldr     x2, [x19, x1]
    b       1b

/* 5: ring, then sleep for ever */
task_post:
    movz    w0, #0xc600, lsl #16
    add     w0, w0, #11
    hvc     #0
2:  wfi
    b       2b

/* 6: report, then sleep in CPU_SUSPEND until the timer is due in 300 ms, again and again */
task_sleep:
    mov     x3, #0x08000000
    mov     w4, #2
    str     w4, [x3]            // GICD_CTLR: group 1
    movk    x3, #0x080b, lsl #16
    mov     w4, #-1
    str     w4, [x3, #0x80]     // GICR_IGROUPR0
    mov     w4, #1 << 27
    str     w4, [x3, #0x100]    // GICR_ISENABLER0
    mov     x4, #0xf0
    msr     S3_0_C4_C6_0, x4    // ICC_PMR_EL1
    mov     x4, #1
    msr     S3_0_C12_C12_7, x4  // ICC_IGRPEN1_EL1
    mov     x5, #0
3:  add     x5, x5, #8
    ldr     x2, [x19, x5]
    mrs     x1, cntfrq_el0
    mov     x4, #300
    mul     x1, x1, x4
    mov     x4, #1000
    udiv    x1, x1, x4
    msr     cntv_tval_el0, x1
    mov     x4, #1
    msr     cntv_ctl_el0, x4
    movz    w0, #0xc400, lsl #16
    add     w0, w0, #1
    mov     x1, #0
    hvc     #0
    b       3b

/* 7: SPI 40 enabled, SYSTEM_SUSPEND; reports that it is on again */
task_suspend:
    mov     x3, #0x08000000
    mov     w1, #2              // GICD_CTLR: group 1
    str     w1, [x3]
    mov     w1, #0x100
    str     w1, [x3, #0x84]
    str     w1, [x3, #0x104]
    mov     w1, #0xf0
    msr     icc_pmr_el1, x1
    mov     x1, #1
    msr     icc_igrpen1_el1, x1
    isb
    movz    w0, #0xc400, lsl #16
    add     w0, w0, #14
    adr     x1, 4f
    mov     x2, #0x500
    hvc     #0
    mov     x0, #8              // not here
4:  mov     x19, #REPORT
    adr     x1, worker_start
    msr     vbar_el1, x1
    isb
    ldr     x2, [x19, x0]
    b       .

/* 8: the milliseconds that its stolen time structure says, times 8, again and again */
task_stolen:
    movz    w0, #0xc500, lsl #16
    add     w0, w0, #0x21
    hvc     #0
    mov     x20, x0
    mov     x3, #1000
    mul     x3, x3, x3
5:  ldr     x1, [x20, #8]
    udiv    x1, x1, x3
    ldr     x2, [x19, x1, lsl #3]
    b       5b

/* Synchronous exception: on with the next instruction. */
    .org    worker_start + 0x200
    mrs     x9, elr_el1
    add     x9, x9, #4
    msr     elr_el1, x9
    eret

/* 9: leaves something in every register, then reports 0 for ever */
task_fill:
    .arch_extension simd
    mov     x1, #3 << 20
    msr     cpacr_el1, x1
    isb
    ldr     x1, =0x5ec4e75ec4e70005
    .irp    n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    dup     v\n\().2d, x1
    .endr
    mov     x2, #0x1f
    msr     fpsr, x2
    .irp    name, FRESH_REGISTERS
    msr     \name, x1
    .endr
    .irp    n, 2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,20,21,22,23,24,25,26,27,28,29,30
    mov     x\n, x1
    .endr
    mov     x1, #0
3:  ldr     wzr, [x19, x1]
    b       3b

/* 10: counts in a register and in memory, and reports the number times 8; 0 if they differ */
task_count:
    adr     x3, worker_start
    add     x3, x3, #0x100, lsl #12
    mov     x5, #0
    str     x5, [x3]
5:  add     x5, x5, #1
    ldr     x1, [x3]
    add     x1, x1, #1
    str     x1, [x3]
    cmp     x1, x5
    csel    x1, x5, xzr, eq
    ubfiz   x1, x1, #3, #24
    ldr     wzr, [x19, x1]
    b       5b

/* The entry of another life, with x0 = 0: reports 0 if every register is 0 then, else 8. */
    .global worker_fresh
worker_fresh:
    .irp    n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
    orr     x0, x0, x\n
    .endr
    .irp    name, FRESH_REGISTERS
    mrs     x1, \name
    orr     x0, x0, x1
    .endr
    mov     x1, #3 << 20
    msr     cpacr_el1, x1
    isb
    .irp    n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    orr     v0.16b, v0.16b, v\n\().16b
    .endr
    umov    x1, v0.d[0]
    umov    x2, v0.d[1]
    mrs     x3, fpsr
    mrs     x4, fpcr
    .irp    n, 1,2,3,4
    orr     x0, x0, x\n
    .endr
    adr     x1, worker_start
    msr     vbar_el1, x1
    isb
    mov     x19, #REPORT
    cmp     x0, #0
    cset    x1, ne
    lsl     x1, x1, #3
4:  ldr     wzr, [x19, x1]
    b       4b
    .ltorg
worker_end:
