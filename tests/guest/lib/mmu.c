/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "mmu.h"
#include "platform.h"

#define TCR_HALF(shift) ((25ull | 1ull << 8 | 1ull << 10 | 3ull << 12) << (shift)) /* 39 bits */
#define TCR_4K_HIGH     (2ull << 30)
#define TCR_40_BITS     (2ull << 32)
#define MAIR            0x00ffull /* 0 write-back, 1 Device-nGnRnE */
#define SCTLR_MMU       (1ull | 1ull << 2 | 1ull << 12)

static uint64_t low[512] __attribute__((aligned(4096)));
uint64_t mmu_high[512] __attribute__((aligned(4096)));

void mmu_flush(void)
{
    __asm__ volatile("dsb ish\n\ttlbi vmalle1is\n\tdsb ish\n\tisb" ::: "memory");
}

void mmu_on(void)
{
    low[0] = MMU_BLOCK | MMU_DEVICE;
    low[1] = MMU_GIB | MMU_BLOCK | MMU_NORMAL;
    mmu_high[510] = MMU_BLOCK | MMU_NORMAL;
    write_sysreg(mair_el1, MAIR);
    write_sysreg(tcr_el1, TCR_HALF(0) | TCR_HALF(16) | TCR_4K_HIGH | TCR_40_BITS);
    write_sysreg(ttbr0_el1, low);
    write_sysreg(ttbr1_el1, mmu_high);
    mmu_flush();
    write_sysreg(sctlr_el1, read_sysreg(sctlr_el1) | SCTLR_MMU);
}
