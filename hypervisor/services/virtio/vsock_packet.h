/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Packets of a socket device (virtio 1.2, 5.10.6), and what its two directions know of each other.
 */
#ifndef VIRTIO_VSOCK_PACKET_H
#define VIRTIO_VSOCK_PACKET_H

#include "vsock.h"

enum { QUEUE_RX, QUEUE_TX, QUEUE_EVENT };

enum vsock_op {
    OP_REQUEST = 1,
    OP_RESPONSE = 2,
    OP_RST = 3,
    OP_SHUTDOWN = 4,
    OP_RW = 5,
    OP_CREDIT_UPDATE = 6,
    OP_CREDIT_REQUEST = 7,
};

#define TYPE_STREAM 1u

struct __attribute__((packed)) vsock_header {
    uint64_t src_cid, dst_cid;
    uint32_t src_port, dst_port;
    uint32_t len;
    uint16_t type, op;
    uint32_t flags;
    uint32_t buf_alloc, fwd_cnt;
};

_Static_assert(sizeof(struct vsock_header) == VSOCK_HEADER_BYTES, "virtio 1.2, 5.10.6");

/* The timer `soon` of a device: all that is due to the guest, as far as it has given buffers. */
void vsock_serve(struct timer *timer);

/* The same after what is being done now: a service is never called from within itself. */
void vsock_serve_soon(struct vsock_dev *vsock);

#endif
