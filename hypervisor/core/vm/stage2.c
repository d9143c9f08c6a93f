/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/stage2.h"
#include "cpu/mmu.h"
#include "vm/firewall.h"

/* Descriptor of stage 2: block, AF, inner shareable, RW, write-back, never executed */
#define S2_LENT (0x7fdull | 2ull << 53)

uint64_t stage2_vttbr(const struct vm *vm)
{
    return vm->cfg->s2_root | (uint64_t)vm->id << 48;
}

void stage2_flush(const struct vm *vm)
{
    mmu_flush(stage2_vttbr(vm));
    mmu_flush(stage2_vttbr(&vms[vm->cfg->owner]));
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

void stage2_lend(const struct vm *vm, bool lent)
{
    const struct pb_vm *c = vm->cfg;

    firewall_lend(vm, lent);
    if (!c->owner_s2_root) {
        return;
    }
    owner_view(c, 0, 0);
    stage2_flush(vm);
    if (lent) {
        owner_view(c, c->ram_pa | S2_LENT, PT_BLOCK);
    } else if (c->l3_pa) {
        owner_view(c, (c->l3_pa + PT_PAGE) | PT_TABLE, 2 * PT_PAGE);
    }
    dsb(ish);
}
