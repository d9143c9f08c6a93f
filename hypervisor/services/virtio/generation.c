/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "generation.h"

#include "regs.h"

#include "el1/entropy.h"

#define WORDS          4u
#define CONFIG_CHANGED 2u

void generation_renew(struct virtio_bus *bus)
{
    uint32_t id[WORDS];

    if (!bus->pages || !entropy_ready()) {
        return;
    }
    entropy_fill(id, sizeof(id));
    for (uint32_t i = 0; i < WORDS; i++) {
        *vio_reg(bus, PB_VIO_GENERATION_SLOT, PB_VIO_GENERATION + 4 * i) = id[i];
    }
}

void generation_tell(struct virtio_bus *bus)
{
    if (!bus->pages || !entropy_ready()) {
        return;
    }
    generation_renew(bus);
    /* Nobody acknowledges it: without this it would be no new edge. */
    *vio_reg(bus, PB_VIO_GENERATION_SLOT, REG_INTERRUPT_STATUS) = 0;
    bus->ops->raise(bus->owner, PB_VIO_GENERATION_SLOT, CONFIG_CHANGED);
}
