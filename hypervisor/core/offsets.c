/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What assembly needs to know of C's structures: compiled to text, of which the build makes
 * offsets.h, a #define for each line that begins with "->".
 */
#include "vm/vm.h"

#define DEFINE(name, value) __asm__ volatile("\n->" #name " %0" : : "i"(value))

void offsets(void);

void offsets(void)
{
    DEFINE(PCPU_SHIFT, __builtin_ctz(PCPU_SIZE));
    DEFINE(PCPU_SIZE, PCPU_SIZE);
    DEFINE(PCPU_CUR, offsetof(struct pcpu, cur));
    DEFINE(PCPU_RESCHED, offsetof(struct pcpu, resched));
    DEFINE(PCPU_HVCS, offsetof(struct pcpu, stat[PB_STAT_SYNC + EC_HVC64]));
    DEFINE(VCPU_X, offsetof(struct vcpu, x));
    DEFINE(VCPU_DIRTY, offsetof(struct vcpu, vgic.dirty));
    DEFINE(CLASS_HVC64, EC_HVC64);
    DEFINE(CLASS_WFX, EC_WFX);
    DEFINE(CLASS_FP, EC_FP);
    DEFINE(CLASS_HVC32, EC_HVC32);
    DEFINE(CLASS_SMC32, EC_SMC32);
    DEFINE(CLASS_SMC64, EC_SMC64);
    DEFINE(CLASS_SYSREG, EC_SYSREG);
    DEFINE(CLASS_IABT_LOW, EC_IABT_LOW);
    DEFINE(CLASS_DABT_LOW, EC_DABT_LOW);
}

_Static_assert(sizeof(struct vcpu) == 2048 && sizeof(struct vm) % 1024 == 0, "powers of two");
