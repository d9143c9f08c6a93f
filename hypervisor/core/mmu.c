/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "mmu.h"
#include "firewall.h"
#include "panic.h"
#include "pt.h"

/* Descriptor attributes: EL2 stage 1 */
#define S1_NORMAL 0x741ull /* block, AF, inner shareable, AttrIndx 0, RW */
#define S1_DEVICE 0x445ull /* block, AF, AttrIndx 1, RW */
#define S1_PAGE   0x743ull
#define S1_RO     BIT(7)
#define S1_XN     BIT(54)
/* and stage 2: block, AF, inner shareable, RW, write-back, never executed */
#define S2_LENT (0x7fdull | 2ull << 53)

#define GIB_MASK   (BIT(30) - 1)
#define BLOCK_MASK (PT_BLOCK - 1)
#define PAGE       4096u

extern char __image_start[], __text_end[], __rodata_end[];

#define PAGE_TABLE __attribute__((aligned(PAGE), section(".bss.page_aligned")))

uint64_t mmu_root[512] PAGE_TABLE;
static uint64_t image_pages[512] PAGE_TABLE; /* the 2 MiB of image and table */
static uint64_t pool_used;

static uint64_t *new_table(void)
{
    uint64_t *table = (uint64_t *)(TABLE->pool_base + pool_used);

    if (pool_used >= TABLE->pool_size) {
        return NULL;
    }
    pool_used += PAGE;
    for (unsigned i = 0; i < 512; i++) {
        table[i] = 0;
    }
    return table;
}

static void map_image(void)
{
    uint64_t base = (uint64_t)__image_start & ~BLOCK_MASK;

    for (unsigned i = 0; i < 512; i++) {
        uint64_t page = base + i * PAGE;
        uint64_t attr = S1_PAGE | S1_XN;

        if (page < (uint64_t)__text_end) {
            attr = S1_PAGE | S1_RO;
        } else if (page < (uint64_t)__rodata_end) {
            attr |= S1_RO;
        }
        image_pages[i] = page | attr;
    }
}

static void map_device(uint64_t pa)
{
    if (pa) {
        mmu_root[pa >> 30] = (pa & ~GIB_MASK) | S1_DEVICE | S1_XN;
    }
}

void mmu_build(void)
{
    const struct pb_table *t = TABLE;
    uint64_t image = (uint64_t)__image_start & ~BLOCK_MASK;
    uint64_t *table;
    bool ok;

    if (t->magic != PB_TABLE_MAGIC || t->version != PB_TABLE_VERSION || t->size > PB_TABLE_MAX) {
        halt();
    }
    map_device(t->gicd);
    map_device(t->gicr);
    map_device(t->uart);
    map_image();
    ok = pt_set(mmu_root, image, PT_BLOCK, S1_NORMAL, new_table);
    table = (uint64_t *)(mmu_root[image >> 30] & PT_ADDR);
    table[image >> 21 & 511] = (uint64_t)image_pages | PT_TABLE;
    if (!ok ||
        !pt_set(mmu_root, t->dram_base & ~BLOCK_MASK, t->dram_size, S1_NORMAL | S1_XN, new_table)) {
        halt();
    }
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
