/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "board_node.h"

gboolean pack_node_is(const void *dtb, int node, const char *compatible)
{
    return fdt_node_check_compatible(dtb, node, compatible) == 0;
}

gboolean pack_node_is_enabled(const void *dtb, int node)
{
    const char *status = fdt_getprop(dtb, node, "status", NULL);

    return !status || !strcmp(status, "okay") || !strcmp(status, "ok");
}

gboolean pack_node_is_serial_chip(const void *dtb, int node)
{
    return pack_node_is(dtb, node, "arm,pl011") && fdt_first_subnode(dtb, node) >= 0;
}

guint64 pack_node_cells(const fdt32_t *cell, int cells)
{
    guint64 value = 0;

    for (int i = 0; i < cells; i++) {
        value = value << 32 | fdt32_to_cpu(cell[i]);
    }
    return value;
}

gboolean pack_node_reg(const void *dtb, int node, int index, struct pack_range *range)
{
    int parent = fdt_parent_offset(dtb, node);
    int address = fdt_address_cells(dtb, parent);
    int size = fdt_size_cells(dtb, parent);
    int length;
    const fdt32_t *reg = fdt_getprop(dtb, node, "reg", &length);

    if (!reg || address < 1 || address > 2 || size < 1 || size > 2) {
        return FALSE;
    }
    if (length / 4 < (index + 1) * (address + size)) {
        return FALSE;
    }
    reg += index * (address + size);
    range->base = pack_node_cells(reg, address);
    range->size = pack_node_cells(reg + address, size);
    return TRUE;
}
