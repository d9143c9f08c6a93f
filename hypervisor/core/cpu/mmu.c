/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "cpu/mmu.h"
#include "cpu/panic.h"

uint64_t mmu_root(void)
{
    const struct pb_table *t = TABLE;

    if (t->magic != PB_TABLE_MAGIC || t->version != PB_TABLE_VERSION) {
        halt();
    }
    return t->el2_root;
}

/* TLB maintenance works on the VMID in VTTBR_EL2. */
void mmu_flush(uint64_t vttbr)
{
    uint64_t current = sysreg_read(vttbr_el2);

    sysreg_write(vttbr_el2, vttbr);
    dsb(ish);
    isb();
    __asm__ volatile("tlbi vmalls12e1is\n\tic ialluis" : : : "memory");
    dsb(ish);
    sysreg_write(vttbr_el2, current);
    isb();
}

void mmu_scrub(struct paddr from, uint64_t size)
{
    for (uint64_t pa = from.pa; pa < from.pa + size; pa += 64) {
        __asm__ volatile("dc zva, %0\n\tdc civac, %0" : : "r"(pa) : "memory");
    }
    dsb(sy);
}
