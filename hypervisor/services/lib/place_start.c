/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <libfdt.h>

#include "el1/clock.h"
#include "el1/deadman.h"
#include "el1/irq.h"
#include "el1/memory.h"
#include "el1/place.h"

void place_start(const struct place *place, const void *fdt)
{
    memory_init(place->ram_base, place->ram_size);
    memory_reserve((uintptr_t)fdt, fdt_totalsize(fdt));
    irq_init(place->gicd, place->gicr);
    clock_init();
    deadman_start();
}
