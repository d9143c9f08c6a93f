/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "mmu.h"
#include "firewall.h"
#include "panic.h"

/* Descriptor of stage 2: block, AF, inner shareable, RW, write-back, never executed */
#define S2_LENT (0x7fdull | 2ull << 53)
#define PAGE    4096u

uint64_t mmu_root(void)
{
    const struct pb_table *t = TABLE;

    if (t->magic != PB_TABLE_MAGIC || t->version != PB_TABLE_VERSION) {
        halt();
    }
    return t->el2_root;
}

uint64_t mmu_vttbr(const struct vm *vm)
{
    return vm->cfg->s2_root | (uint64_t)vm->id << 48;
}

/* TLB maintenance works on the VMID in VTTBR_EL2. */
static void flush(const struct vm *vm)
{
    uint64_t vttbr = sysreg_read(vttbr_el2);

    sysreg_write(vttbr_el2, mmu_vttbr(vm));
    dsb(ish);
    isb();
    __asm__ volatile("tlbi vmalls12e1is\n\tic ialluis" : : : "memory");
    dsb(ish);
    sysreg_write(vttbr_el2, vttbr);
    isb();
}

void mmu_flush_vm(const struct vm *vm)
{
    flush(vm);
    flush(&vms[vm->cfg->owner]);
}

/* Level-2 entries of the owner for the VM's RAM; pack made the tables that they are in. */
static void owner_view(const struct pb_vm *c, uint64_t desc, uint64_t step)
{
    const uint64_t *root = (uint64_t *)c->owner_s2_root;

    for (uint64_t pa = c->ram_pa; pa < c->ram_pa + c->ram_size; pa += PT_BLOCK) {
        uint64_t *table = (uint64_t *)(root[pa >> 30] & PT_ADDR);

        table[pa >> 21 & 511] = desc;
        desc += step;
    }
}

void mmu_lend(const struct vm *vm, bool lent)
{
    const struct pb_vm *c = vm->cfg;

    firewall_lend(vm, lent);
    if (!c->owner_s2_root) {
        return;
    }
    owner_view(c, 0, 0);
    mmu_flush_vm(vm);
    if (lent) {
        owner_view(c, c->ram_pa | S2_LENT, PT_BLOCK);
    } else if (c->l3_pa) {
        owner_view(c, (c->l3_pa + PAGE) | PT_TABLE, 2 * PAGE);
    }
    dsb(ish);
}

void mmu_scrub(uint64_t pa, uint64_t size)
{
    for (uint64_t end = pa + size; pa < end; pa += 64) {
        __asm__ volatile("dc zva, %0\n\tdc civac, %0" : : "r"(pa) : "memory");
    }
    dsb(sy);
}
