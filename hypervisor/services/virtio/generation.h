/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The generation id of a guest's machine (Microsoft, "Virtual Machine Generation ID"; device tree
 * binding microsoft,vmgenid): 16 bytes that are new whenever the machine is one of several that
 * could have the same past. They lie where an empty slot would have its configuration, and that
 * slot's interrupt says that they have changed (phonebooth/table.h).
 */
#ifndef VIRTIO_GENERATION_H
#define VIRTIO_GENERATION_H

#include "bus_state.h"

/* A new id, for a guest that does not run yet. Without a random generator it stays zero. */
void generation_renew(struct virtio_bus *bus);

/* A new id for a guest that runs, or will go on, and the interrupt. */
void generation_tell(struct virtio_bus *bus);

#endif
