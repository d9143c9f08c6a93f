/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Included before everything else, this makes EL2's sources compile on the host: system registers
 * are those of machine.c, and assembly is nothing at all.
 */
#ifndef TESTS_EL2_HOST_H
#define TESTS_EL2_HOST_H

#include <CUnit/Basic.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "hypervisor/core/cpu/arch.h"
#include "hypervisor/core/cpu/context.h"

#define HOST_PAIR(a, b) HOST_##a, HOST_##b,
enum host_register {
    CONTEXT_PAIRS(HOST_PAIR) HOST_tpidr_el2,
    HOST_cntpct_el0,
    HOST_cntfrq_el0,
    HOST_cnthp_ctl_el2,
    HOST_cnthp_cval_el2,
    HOST_cntvoff_el2,
    HOST_cptr_el2,
    HOST_icc_iar1_el1,
    HOST_icc_eoir1_el1,
    HOST_icc_dir_el1,
    HOST_ich_hcr_el2,
    HOST_ich_elrsr_el2,
    HOST_ich_lr0_el2,
    HOST_ich_lr1_el2,
    HOST_ich_lr2_el2,
    HOST_ich_lr3_el2,
    HOST_ich_lr4_el2,
    HOST_ich_lr5_el2,
    HOST_ich_lr6_el2,
    HOST_ich_lr7_el2,
    HOST_ich_lr8_el2,
    HOST_ich_lr9_el2,
    HOST_ich_lr10_el2,
    HOST_ich_lr11_el2,
    HOST_ich_lr12_el2,
    HOST_ich_lr13_el2,
    HOST_ich_lr14_el2,
    HOST_ich_lr15_el2,
    HOST_ich_vtr_el2,
    HOST_icc_sre_el1,
    HOST_icc_sre_el2,
    HOST_icc_pmr_el1,
    HOST_icc_ctlr_el1,
    HOST_icc_igrpen1_el1,
    HOST_icc_sgi1r_el1,
    HOST_id_aa64pfr0_el1,
    HOST_id_aa64pfr1_el1,
    HOST_S3_4_C12_C1_1, /* VDISR_EL2 */
    HOST_S3_3_C13_C0_5, /* TPIDR2_EL0 */
    HOST_dbgbvr0_el1,
    HOST_dbgbcr0_el1,
    HOST_dbgwvr0_el1,
    HOST_dbgwcr0_el1,
    HOST_dbgbvr1_el1,
    HOST_dbgbcr1_el1,
    HOST_dbgwvr1_el1,
    HOST_dbgwcr1_el1,
    HOST_esr_el2,
    HOST_hpfar_el2,
    HOST_far_el2,
    HOST_REGISTERS,
};

/* AddressSanitizer takes a jump to another stack for an error; swapcontext it knows. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HOST_SANITIZED 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define HOST_SANITIZED 1
#endif

uint64_t host_get(enum host_register reg);
void host_set(enum host_register reg, uint64_t value);
void host_wfi(void);

#undef sysreg_read
#undef sysreg_write
#undef isb
#undef dsb
#undef wfi
#define sysreg_read(reg)         host_get(HOST_##reg)
#define sysreg_write(reg, value) host_set(HOST_##reg, (uint64_t)(value))
#define isb()                    (void)0
#define dsb(sc)                  (void)0
#define wfi()                    host_wfi()

/* __asm__ volatile("..." : : : ) and register ... __asm__("x0") */
#define __asm__(name)
#define volatile(...) ("")

#endif
