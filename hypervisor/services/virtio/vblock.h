/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Block device: virtio 1.2, section 5.2. Requests go to the board's block layer and end later. */
#ifndef VIRTIO_BLOCK_H
#define VIRTIO_BLOCK_H

#include "device.h"
#include "el1/blk.h"

#define BLOCK_QUEUE    256u
#define BLOCK_SEGS_MAX 126u /* data segments of a request */

/* Sectors of a request: 1 GiB, and 64 MiB, since zeros may have to be written. */
#define BLOCK_DISCARD_MAX (1u << 21)
#define BLOCK_ZEROES_MAX  (1u << 17)

struct block_req {
    struct blk_req req;
    struct blk_seg seg[BLOCK_SEGS_MAX];
    struct block_dev *dev;
    struct block_req *next_free;
    uint8_t *status_byte; /* in guest memory */
    uint32_t written;     /* bytes of the chain that the device fills if all goes well */
    uint16_t head;
    bool submitted; /* the back end has it */
    bool discard;   /* and need not do it */
};

struct block_dev {
    struct virtio_dev dev;
    struct virtio_queue queue[1];
    struct blk_dev *backend;
    char serial[20];                    /* padded with NULs: GET_ID */
    struct block_req pool[BLOCK_QUEUE]; /* a queue never has more in flight */
    struct block_req *free;
};

/* `serial`: what GET_ID answers, cut to 20 bytes. backend NULL: the slot is empty. */
void block_attach(struct block_dev *block, struct virtio_bus *bus, unsigned slot,
                  struct blk_dev *backend, const char *serial);

/* A chain of the queue (vblock_request.c); virtio_ops.request. */
uint32_t block_request(struct virtio_dev *dev, unsigned queue, const struct vq_chain *chain,
                       bool *ok);

#endif
