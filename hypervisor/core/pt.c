/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "pt.h"

#include <stddef.h>

static uint64_t *level2(uint64_t *root, uint64_t addr, uint64_t *(*new_table)(void))
{
    uint64_t *entry = &root[addr >> 30];

    if (!(*entry & PT_VALID)) {
        uint64_t *table = new_table();

        if (!table) {
            return NULL;
        }
        *entry = (uintptr_t)table | PT_TABLE;
    }
    return (uint64_t *)(uintptr_t)(*entry & PT_ADDR);
}

bool pt_set(uint64_t *root, uint64_t addr, uint64_t size, uint64_t attr,
            uint64_t *(*new_table)(void))
{
    for (uint64_t end = addr + size; addr < end; addr += PT_BLOCK) {
        uint64_t *table = level2(root, addr, new_table);
        uint64_t *entry;

        if (!table) {
            return false;
        }
        entry = &table[addr >> 21 & 511];
        if ((*entry & PT_TABLE) != PT_TABLE) {
            *entry = attr ? addr | attr : 0;
        }
    }
    return true;
}
