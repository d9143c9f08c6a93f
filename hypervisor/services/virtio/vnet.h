/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Network device, one pair of queues, no offloads: virtio 1.2, section 5.1. */
#ifndef VIRTIO_NET_H
#define VIRTIO_NET_H

#include "device.h"

struct net_dev {
    struct virtio_dev dev;
    uint32_t dropped; /* frames for the guest that found no buffer */
};

/* The address is vm->mac. */
void net_attach(struct net_dev *net, struct vm *vm, unsigned slot);

/* A frame for the guest; false: dropped, it has given no buffer large enough. */
bool net_receive(struct net_dev *net, const void *frame, size_t len);

#endif
