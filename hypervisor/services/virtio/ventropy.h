/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Entropy device: virtio 1.2, section 5.4. */
#ifndef VIRTIO_ENTROPY_H
#define VIRTIO_ENTROPY_H

#include "device.h"

struct entropy_dev {
    struct virtio_dev dev;
    struct virtio_queue queue[1];
};

/* Without a seeded generator the slot stays empty: no randomness is better than a bad one. */
void entropy_attach(struct entropy_dev *entropy, struct virtio_bus *bus, unsigned slot);

#endif
