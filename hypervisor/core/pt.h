/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Translation tables, 4 KiB granule, 39-bit input, first level 1 (Arm DDI 0487,
 * D8): identity mappings in blocks of 2 MiB. Stage 1 and stage 2 have the same form.
 * Pure logic; the caller does barriers, TLB maintenance and locking.
 */
#ifndef CORE_PT_H
#define CORE_PT_H

#include <stdbool.h>
#include <stdint.h>

#define PT_BLOCK 0x200000ull /* bytes */
#define PT_LIMIT (1ull << 39)

#define PT_VALID 1ull
#define PT_TABLE 3ull /* also a 4 KiB page at level 3 */
#define PT_ADDR  0x0000fffffffff000ull

/*
 * Make [addr, addr + size) read `attr` (0: unmapped); both multiples of 2 MiB,
 * below PT_LIMIT. Missing level-2 tables come from new_table (zeroed, NULL: none left).
 * A block that is divided into pages already is left alone. Returns false if a table was
 * missing; what came before it has been mapped.
 */
bool pt_set(uint64_t *root, uint64_t addr, uint64_t size, uint64_t attr,
            uint64_t *(*new_table)(void));

#endif
