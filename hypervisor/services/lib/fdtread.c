/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include <libfdt.h>

#include "el1/fdtread.h"

#define CELL 4

static uint64_t cells(const uint8_t *at, unsigned count)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < count * CELL; i++) {
        value = value << 8 | at[i];
    }
    return value;
}

uint64_t fdt_read_u64(const void *fdt, int node, const char *name, unsigned index,
                      uint64_t fallback)
{
    int len;
    const uint8_t *at = fdt_getprop(fdt, node, name, &len);
    const unsigned width = len % 8 ? 1 : 2;

    if (!at || len < (int)((index + 1) * width * CELL)) {
        return fallback;
    }
    return cells(at + index * width * CELL, width);
}

uint32_t fdt_read_u32(const void *fdt, int node, const char *name, uint32_t fallback)
{
    int len;
    const uint8_t *at = fdt_getprop(fdt, node, name, &len);

    return at && len >= CELL ? (uint32_t)cells(at, 1) : fallback;
}

void fdt_read_text(const void *fdt, int node, const char *name, char *text, size_t size)
{
    int len;
    const char *at = fdt_getprop(fdt, node, name, &len);

    text[0] = '\0';
    if (!at || len < 1 || at[len - 1] != '\0') {
        return;
    }
    strncpy(text, at, size - 1);
    text[size - 1] = '\0';
}

bool fdt_read_reg(const void *fdt, int node, unsigned index, uint64_t *base, uint64_t *size)
{
    const int parent = fdt_parent_offset(fdt, node);
    const int base_cells = fdt_address_cells(fdt, parent);
    const int size_cells = fdt_size_cells(fdt, parent);
    int len;
    const uint8_t *at = fdt_getprop(fdt, node, "reg", &len);

    if (!at || base_cells < 1 || size_cells < 0) {
        return false;
    }
    const int entry = (base_cells + size_cells) * CELL;

    if (len < (int)(index + 1) * entry) {
        return false;
    }
    at += (int)index * entry;
    *base = cells(at, (unsigned)base_cells);
    *size = cells(at + base_cells * CELL, (unsigned)size_cells);
    return true;
}

uint32_t fdt_read_intid(const void *fdt, int node, unsigned index)
{
    int len;
    const uint8_t *at = fdt_getprop(fdt, node, "interrupts", &len);

    if (!at || len < (int)(index + 1) * 3 * CELL) {
        return 0;
    }
    at += index * 3 * CELL;
    return (uint32_t)cells(at + CELL, 1) + (cells(at, 1) ? 16 : 32);
}
