/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <libfdt.h>

#include "el1/fdtread.h"
#include "el1/place.h"

static bool read_gic(struct place *place, const void *fdt)
{
    const int gic = fdt_node_offset_by_compatible(fdt, -1, "arm,gic-v3");
    uint64_t size;

    return gic >= 0 && fdt_read_reg(fdt, gic, 0, &place->gicd, &size) &&
           fdt_read_reg(fdt, gic, 1, &place->gicr, &size);
}

static bool read_ram(struct place *place, const void *fdt)
{
    int node = -1;

    while ((node = fdt_node_offset_by_prop_value(fdt, node, "device_type", "memory", 7)) >= 0) {
        if (fdt_read_reg(fdt, node, 0, &place->ram_base, &place->ram_size)) {
            return true;
        }
    }
    return false;
}

bool place_read(struct place *place, const void *fdt)
{
    *place = (struct place){0};
    return !fdt_check_header(fdt) && read_gic(place, fdt) && read_ram(place, fdt);
}
