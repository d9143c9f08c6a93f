/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "vm/protect.h"
#include "cpu/mmu.h"
#include "vm/stage2.h"

#define PT_ENTRIES 512u

/* The private descriptor of the page at byte `at` of RAM; the shared one is PT_ENTRIES behind it.
 */
static uint64_t *descriptor(const struct pb_vm *c, uint64_t at)
{
    return (uint64_t *)c->l3_pa + (at / PT_BLOCK * 2 * PT_ENTRIES + at / PT_PAGE % PT_ENTRIES);
}

__attribute__((noinline)) struct paddr protect_pa(const struct vm *vm, struct ipa ipa)
{
    uint64_t at = ipa.ipa - vm->cfg->ram_ipa;
    bool private = at < vm->cfg->ram_size && (*descriptor(vm->cfg, at) & PT_VALID);

    return (struct paddr){private ? at + vm->cfg->ram_pa : 0};
}

void protect_convert(const struct vm *vm, uint64_t at, unsigned pages, bool share)
{
    uint64_t *to = descriptor(vm->cfg, at), *from = to + PT_ENTRIES, changed = 0;

    if (share) {
        to = from;
        from -= PT_ENTRIES;
    }
    for (unsigned i = 0; i < pages; i++) {
        changed |= from[i];
        from[i] &= ~PT_VALID;
    }
    if (!(changed & PT_VALID)) {
        return;
    }
    stage2_flush(vm);
    for (unsigned i = 0; i < pages; i++) {
        uint64_t page = to[i];

        if (!(page & PT_VALID)) {
            mmu_scrub((struct paddr){page & PT_ADDR}, PT_PAGE);
            to[i] = page | PT_VALID;
        }
    }
    dsb(ish);
}
