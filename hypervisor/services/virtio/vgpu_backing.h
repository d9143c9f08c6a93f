/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The guest memory behind a GPU resource: virtio 1.2, section 5.7.6.8, ATTACH_BACKING. */
#ifndef VIRTIO_GPU_BACKING_H
#define VIRTIO_GPU_BACKING_H

#include "vgpu.h"

/*
 * Makes `entries` pieces of guest memory the backing of r; they follow the first `at` bytes of the
 * command in chain. Returns an enum gpu_resp; unless it is GPU_RESP_OK_NODATA, r has no new
 * backing. `cost` grows by the bytes read.
 */
uint32_t backing_attach(struct gpu_dev *gpu, struct gpu_resource *r, const struct vq_chain *chain,
                        size_t at, uint32_t entries, uint32_t *cost);

/* r has none from now on; nothing happens if it has none. */
void backing_drop(struct gpu_dev *gpu, struct gpu_resource *r);

/* Where a walk through the backing stands: it only goes forward. It begins as {r->backing, 0}. */
struct backing_walk {
    const struct gpu_backing *piece;
    uint64_t start; /* offset of that piece */
};

/* Copies len bytes at offset, which must be in the backing and not before those that the walk has
 * read. */
void backing_read(struct backing_walk *walk, uint64_t offset, uint8_t *to, uint32_t len);

#endif
