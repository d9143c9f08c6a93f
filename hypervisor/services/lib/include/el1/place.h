/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Where a service is, as its device tree says: RAM and interrupt controller; all else in the tree
 * is a device of the service's. Also the initialisation that all services have in common.
 */
#ifndef EL1_PLACE_H
#define EL1_PLACE_H

#include <stdbool.h>
#include <stdint.h>

struct place {
    uint64_t ram_base, ram_size; /* bytes */
    uint64_t gicd, gicr;         /* distributor, redistributor of its CPU */
};

/* fdt stays in place. False: it is not a device tree, or names no RAM or no GICv3. */
bool place_read(struct place *place, const void *fdt);

/* Memory (without that of the tree), interrupts and the clock are ready. The log first. */
void place_start(const struct place *place, const void *fdt);

#endif
