/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * First instruction of a service. In: EL1, MMU off, x0 = device tree (contracts, section 5).
 * On a board without hypervisor the CPU comes in EL2: it steps down first, so that the drivers can
 * be tried alone; every hypercall then answers PB_E_UNKNOWN. Out: el1_main(device tree) with MMU, caches, FP and a stack.
 */
        .section .start, "ax"
        .global _start
_start:
        mov     x19, x0
        mrs     x1, CurrentEL
        cmp     x1, #(2 << 2)
        b.ne    1f
        mov     x1, #(1 << 31)                  // HCR_EL2.RW: EL1 is AArch64
        msr     hcr_el2, x1
        mov     x1, #3                          // EL1 may use the physical timer
        msr     cnthctl_el2, x1
        msr     cntvoff_el2, xzr
        mov     x1, #0xf                        // ICC_SRE_EL2: system registers for EL1 too
        msr     S3_4_C12_C9_5, x1
        isb
        mov     x1, #0x33ff                     // CPTR_EL2: no traps
        msr     cptr_el2, x1
        adrp    x1, no_hypervisor
        add     x1, x1, :lo12:no_hypervisor
        msr     vbar_el2, x1
        mov     x1, #0x3c5                      // EL1h, all masked
        msr     spsr_el2, x1
        adr     x1, 1f
        msr     elr_el2, x1
        eret

1:      msr     daifset, #0xf
        mov     x1, #(3 << 20)                  // CPACR_EL1.FPEN
        msr     cpacr_el1, x1
        isb
        bl      set_stacks
        adrp    x1, el1_vectors
        add     x1, x1, :lo12:el1_vectors
        msr     vbar_el1, x1
        adrp    x1, __kept_start
        add     x1, x1, :lo12:__kept_start
        bl      clear_to_bss_end

        // Elf64_Rela of what holds an address, ELF for the Arm 64-bit Architecture: all R_AARCH64_RELATIVE
        adrp    x1, __image_start
        add     x1, x1, :lo12:__image_start
        adrp    x2, __rela_start
        add     x2, x2, :lo12:__rela_start
        adrp    x3, __rela_end
        add     x3, x3, :lo12:__rela_end
5:      cmp     x2, x3
        b.hs    6f
        ldp     x4, x5, [x2], #16               // r_offset, r_info
        ldr     x6, [x2], #8                    // r_addend
        cmp     x5, #1027                       // R_AARCH64_RELATIVE
        b.ne    el1_halt                        // nowhere to say it
        add     x6, x6, x1
        str     x6, [x4, x1]
        b       5b

6:      adrp    x1, __data_start                // for el1_restart
        add     x1, x1, :lo12:__data_start
        adrp    x2, __data_copy
        add     x2, x2, :lo12:__data_copy
        bl      copy_data
        adrp    x1, device_tree
        str     x19, [x1, :lo12:device_tree]
        bl      mmu_make_tables
        bl      mmu_enable
        adrp    x1, __tls_base                  // two words below are the ABI's, AAELF64 TLS
        add     x1, x1, :lo12:__tls_base
        sub     x1, x1, #16
        msr     tpidr_el0, x1
        b       run

/*
 * _Noreturn void el1_restart(void): el1_main() again, with data and BSS as at power-on but what is
 * kept. The MMU stays on, and its tables are kept.
 */
        .global el1_restart
el1_restart:
        bl      set_stacks
        adrp    x1, __data_copy
        add     x1, x1, :lo12:__data_copy
        adrp    x2, __data_start
        add     x2, x2, :lo12:__data_start
        bl      copy_data
        adrp    x1, __bss_start
        add     x1, x1, :lo12:__bss_start
        bl      clear_to_bss_end
        adrp    x1, device_tree
        ldr     x19, [x1, :lo12:device_tree]

run:    mov     x29, xzr
        mov     x30, xzr
        mov     x0, x19
        bl      el1_main
        b       el1_halt

/*
 * The service runs on SP_EL0, exceptions on SP_EL1: one that is taken because the stack is full has
 * another one.
 */
set_stacks:
        msr     daifset, #0xf
        msr     spsel, #1
        adrp    x1, __exception_stack_top
        add     sp, x1, :lo12:__exception_stack_top
        msr     spsel, #0
        adrp    x1, __stack_top
        add     sp, x1, :lo12:__stack_top
        ret

/* From x1, a multiple of 16, to the end of BSS. */
clear_to_bss_end:
        adrp    x2, __bss_end
        add     x2, x2, :lo12:__bss_end
2:      cmp     x1, x2
        b.hs    3f
        stp     xzr, xzr, [x1], #16
        b       2b
3:      ret

/* All of .data, or as much, from x1 to x2. */
copy_data:
        adrp    x3, __data_start
        add     x3, x3, :lo12:__data_start
        adrp    x4, __data_end
        add     x4, x4, :lo12:__data_end
        sub     x4, x4, x3
7:      cbz     x4, 8f
        ldp     x5, x6, [x1], #16
        stp     x5, x6, [x2], #16
        sub     x4, x4, #16
        b       7b
8:      ret

/* void mmu_enable(void): mmu_make_tables() has been called. Arm ARM, D8. */
mmu_enable:
        ldr     x1, =0x00000000000004ff         // MAIR: 0 Normal WB RA WA, 1 Device-nGnRE
        msr     mair_el1, x1
        mrs     x2, id_aa64mmfr0_el1
        and     x2, x2, #7                      // PARange: at most 44 bits are of use
        ldr     x1, =0x0000000000803519         // T0SZ 25, 4 KiB, WB WA inner shareable, EPD1
        orr     x1, x1, x2, lsl #32             // IPS
        msr     tcr_el1, x1
        adrp    x1, mmu_level1
        add     x1, x1, :lo12:mmu_level1
        msr     ttbr0_el1, x1
        dsb     ish
        tlbi    vmalle1
        ic      iallu
        dsb     ish
        isb
        mrs     x1, sctlr_el1
        ldr     x2, =0x0000000000081005         // WXN, I, C, M
        orr     x1, x1, x2
        bic     x1, x1, #2                      // A: unaligned accesses to memory are fine
        msr     sctlr_el1, x1
        isb
        ret

/* _Noreturn void el1_halt(void): nothing more from this CPU. */
        .global el1_halt
el1_halt:
        msr     daifset, #0xf
4:      wfi
        b       4b

        .section .text.no_hypervisor, "ax"
        .balign 2048
no_hypervisor:
        .skip   0x400                           // synchronous, from EL1: the only one there is
        mov     x0, #-1
        eret
        .balign 2048

        .section .bss.kept, "aw", %nobits
        .balign 8
device_tree:
        .skip   8
