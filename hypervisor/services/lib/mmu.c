/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Stage 1 of a service: everything one to one, code not writable, data not executable. */
#include <stddef.h>
#include <stdint.h>

#define LEVELS_ENTRIES 512u
#define GIB            (1ull << 30)
#define MIB2           (2ull << 20)
#define PAGE           4096ull
#define DRAM           0x80000000ull /* the first GiB of memory holds the image */
#define DRAM_GIB       8u

/* VMSAv8-64 descriptors, Arm ARM D8.3. */
#define TABLE    0x3ull
#define BLOCK    0x1ull
#define LEAF     0x3ull
#define NORMAL   (0ull << 2)
#define DEVICE   (1ull << 2)
#define READONLY (1ull << 7)
#define INNER    (3ull << 8)
#define ACCESS   (1ull << 10)
#define PXN      (1ull << 53)
#define UXN      (1ull << 54)

#define DATA (NORMAL | INNER | ACCESS | PXN | UXN)

extern const char __image_start[], __text_end[], __rodata_end[], __stack_guard[];

__attribute__((aligned(4096))) uint64_t mmu_level1[LEVELS_ENTRIES];
static __attribute__((aligned(4096))) uint64_t level2[LEVELS_ENTRIES];
static __attribute__((aligned(4096))) uint64_t level3[LEVELS_ENTRIES];

void mmu_make_tables(void);

static uint64_t page_attributes(uint64_t address)
{
    if (address < (uintptr_t)__text_end)
        return NORMAL | INNER | ACCESS | READONLY | UXN;
    if (address < (uintptr_t)__rodata_end)
        return DATA | READONLY;
    return DATA;
}

/* Before the MMU is on: no unaligned access, no library call. */
__attribute__((no_stack_protector)) void mmu_make_tables(void)
{
    const uint64_t image = (uintptr_t)__image_start;

    for (uint64_t i = 0; i < LEVELS_ENTRIES; i++) {
        const uint64_t page = image + i * PAGE;

        level2[i] = (DRAM + i * MIB2) | DATA | BLOCK;
        level3[i] = page == (uintptr_t)__stack_guard ? 0 : page | page_attributes(page) | LEAF;
    }
    level2[(image - DRAM) / MIB2] = (uintptr_t)level3 | TABLE;
    mmu_level1[0] = DEVICE | ACCESS | PXN | UXN | BLOCK;
    mmu_level1[DRAM / GIB] = (uintptr_t)level2 | TABLE;
    for (uint64_t i = 1; i < DRAM_GIB; i++)
        mmu_level1[DRAM / GIB + i] = (DRAM + i * GIB) | DATA | BLOCK;
}
