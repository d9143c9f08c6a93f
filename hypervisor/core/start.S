/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Entry of every physical CPU, at EL2, MMU off. The loader has cleaned the image and
 * the table to the point of coherency. CPU 0 starts at _start, once; the others
 * come by PSCI CPU_ON to pcpu_start with their number in x0.
 */
#include "cpu/asm.inc"

function _start
    adr x1, __bss_start
    adr x2, __bss_end
1:  stp xzr, xzr, [x1], #16
    cmp x1, x2
    b.lo 1b
    mov x0, #0
    bl set_stack
    bl mmu_enable
    b boot_first

function pcpu_start
    bl set_stack
    bl mmu_enable
    b boot_secondary

/* x0: pCPU number. TPIDR_EL2, SP and vectors for it. */
function set_stack
    msr daifset, #15
    adr x1, pcpu_area
    add x1, x1, x0, lsl #PCPU_SHIFT
    msr tpidr_el2, x1
    add sp, x1, #PCPU_SIZE
    adr x1, vectors
    msr vbar_el2, x1
    ret

/* Translation on, with the tables that pack made. */
function mmu_enable
    mov x19, x30
    bl mmu_root
    msr ttbr0_el2, x0
    mov x0, #0x00ff             /* MAIR: 0 normal write-back, 1 Device-nGnRnE */
    msr mair_el2, x0
    mrs x0, id_aa64mmfr0_el1
    and x0, x0, #7              /* PARange */
    movz x1, #0x8080, lsl #16   /* RES1 */
    movk x1, #0x3519            /* T0SZ 25, write-back, inner shareable, 4 KiB */
    bfi x1, x0, #16, #3
    msr tcr_el2, x1
    bfi x1, x0, #16, #8         /* VTCR_EL2: one RES1 less */
    orr x1, x1, #0x40           /* SL0: level 1 */
    msr vtcr_el2, x1
    dsb sy
    tlbi alle2
    tlbi alle1
    ic iallu
    dsb sy
    isb
    movz x0, #0x30cd, lsl #16   /* RES1, WXN */
    movk x0, #0x183d            /* RES1, I, SA, C, M */
    msr sctlr_el2, x0
    isb
    ret x19
