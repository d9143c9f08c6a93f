/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Network device, one pair of queues: virtio 1.2, section 5.1. */
#ifndef VIRTIO_NET_H
#define VIRTIO_NET_H

#include "device.h"
#include "el1/ether.h"

/* A frame of the guest, copied before it returns; owner is the bus's. */
typedef void net_send_fn(void *owner, const void *frame, size_t len);

struct net_dev {
    struct virtio_dev dev;
    struct virtio_queue queue[2];
    net_send_fn *send;
    bool link;         /* there is one, unless it is lost for a moment: */
    bool away;         /* net_renew() */
    struct timer back; /* ends that */
    uint32_t dropped;  /* frames for the guest that found no buffer, or no link */
};

void net_attach(struct net_dev *net, struct virtio_bus *bus, unsigned slot,
                const uint8_t mac[NET_MAC], net_send_fn *send);

/* The link goes up, as it is at first, or down: no frame passes, and the driver is told. */
void net_link(struct net_dev *net, bool up);

/*
 * A link that is up is lost for a moment, as when a phone comes to another place: the guest's
 * network daemon asks for its address anew, and keeps what it has configured meanwhile.
 */
void net_renew(struct net_dev *net);

/* A frame for the guest; valid: its checksums need no check. False: dropped, it has given no buffer
 * large enough. */
bool net_receive(struct net_dev *net, const void *data, size_t len, bool valid);

#endif
