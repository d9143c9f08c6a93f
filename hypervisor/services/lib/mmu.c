/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Stage 1 of a service: everything one to one, code not writable, data not executable. */
#include <stddef.h>
#include <stdint.h>

#include "el1/kept.h"
#include "el1/memory.h"
#include "el1/mmu.h"

#define LEVELS_ENTRIES 512u
#define GIB            (1ull << 30)
#define MIB2           (2ull << 20)
#define PAGE           4096ull
#define DRAM           0x80000000ull /* the image is at a multiple of 2 MiB in it */
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

#define ADDRESS 0x0000fffffffff000ull

#define DATA (NORMAL | INNER | ACCESS | PXN | UXN)

extern const char __image_start[], __text_end[], __rodata_end[], __stack_guard[];

/* In use while the service starts again. */
KEPT __attribute__((aligned(4096))) uint64_t mmu_level1[LEVELS_ENTRIES];
static KEPT __attribute__((aligned(4096))) uint64_t level2[LEVELS_ENTRIES];
static KEPT __attribute__((aligned(4096))) uint64_t level3[LEVELS_ENTRIES];

void mmu_make_tables(void);

static uint64_t page_attributes(uint64_t address)
{
    if (address < (uintptr_t)__text_end) {
        return NORMAL | INNER | ACCESS | READONLY | UXN;
    }
    if (address < (uintptr_t)__rodata_end) {
        return DATA | READONLY;
    }
    return DATA;
}

/* Before the MMU is on: no unaligned access, no library call. */
__attribute__((no_stack_protector)) void mmu_make_tables(void)
{
    const uint64_t image = (uintptr_t)__image_start;
    const uint64_t gib = image / GIB * GIB;

    for (uint64_t i = 0; i < LEVELS_ENTRIES; i++) {
        const uint64_t page = image + i * PAGE;

        level2[i] = (gib + i * MIB2) | DATA | BLOCK;
        level3[i] = page == (uintptr_t)__stack_guard ? 0 : page | page_attributes(page) | LEAF;
    }
    level2[(image - gib) / MIB2] = (uintptr_t)level3 | TABLE;
    mmu_level1[0] = DEVICE | ACCESS | PXN | UXN | BLOCK;
    for (uint64_t i = 0; i < DRAM_GIB; i++) {
        mmu_level1[DRAM / GIB + i] = (DRAM + i * GIB) | DATA | BLOCK;
    }
    mmu_level1[gib / GIB] = (uintptr_t)level2 | TABLE;
}

static void flush(void)
{
    __asm__ volatile("dsb ishst\n\ttlbi vmalle1\n\tdsb ish\n\tisb" : : : "memory");
}

/* Break before make, D8.16 */
static void change(volatile uint64_t *entry, uint64_t value)
{
    if (*entry != value) {
        *entry = 0;
        flush();
        *entry = value;
        flush();
    }
}

void mmu_renew(void)
{
    const uint64_t image = (uintptr_t)__image_start;
    const uint64_t gib = image / GIB * GIB;

    for (uint64_t i = 0; i < LEVELS_ENTRIES; i++) {
        if (i != (image - gib) / MIB2) {
            change(&level2[i], (gib + i * MIB2) | DATA | BLOCK);
        }
    }
    for (uint64_t at = DRAM; at < DRAM + DRAM_GIB * GIB; at += GIB) {
        if (at != gib) {
            change(&mmu_level1[at / GIB], at | DATA | BLOCK);
        }
    }
}

void mmu_split(uint64_t address)
{
    uint64_t *entry = &mmu_level1[address / GIB];
    uint64_t *table;

    if ((*entry & TABLE) == TABLE) {
        return;
    }
    table = memory_take(PAGE, PAGE);
    for (uint64_t i = 0; i < LEVELS_ENTRIES; i++) {
        table[i] = (address / GIB * GIB + i * MIB2) | DATA | BLOCK;
    }
    change(entry, (uintptr_t)table | TABLE);
}

__attribute__((target("general-regs-only"))) void mmu_map_block(uint64_t address, uint64_t pa)
{
    volatile uint64_t *table = (uint64_t *)(uintptr_t)(mmu_level1[address / GIB] & ADDRESS);
    const uint64_t block = (pa & ~(MIB2 - 1)) | DATA | BLOCK;
    const unsigned i = address / MIB2 % LEVELS_ENTRIES;

    if (table[i] == block) {
        return;
    }
    table[i] = 0;
    __asm__ volatile("dsb ishst\n\ttlbi vmalle1\n\tdsb ish\n\tisb" : : : "memory");
    table[i] = block;
    __asm__ volatile("dsb ishst\n\tisb" : : : "memory");
}
