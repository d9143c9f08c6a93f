/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Console with one port and no features: virtio 1.2, section 5.3. */
#ifndef VIRTIO_CONSOLE_H
#define VIRTIO_CONSOLE_H

#include "device.h"

/* Output of the guest; owner is the bus's. Never blocks. */
typedef void console_output_fn(void *owner, const void *data, size_t len);

struct console_dev {
    struct virtio_dev dev;
    struct virtio_queue queue[2];
    console_output_fn *output;
};

void console_attach(struct console_dev *console, struct virtio_bus *bus, unsigned slot,
                    console_output_fn *output);

/* Bytes for the guest; returns how many it took, fewer when it has given no buffers. */
size_t console_input(struct console_dev *console, const void *data, size_t len);

#endif
