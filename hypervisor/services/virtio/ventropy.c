/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Entropy device: virtio 1.2, section 5.4. */
#include "ventropy.h"

#include "el1/entropy.h"

#define ENTROPY_QUEUE 64u
#define ENTROPY_MAX   4096u /* bytes per request; the driver asks again (5.4.6.1 allows less) */

static uint32_t entropy_request(struct virtio_dev *dev, unsigned queue,
                                const struct vq_chain *chain, bool *ok)
{
    uint32_t done = 0, n;

    if (chain->in_bytes == 0) {
        *ok = false; /* 5.4.6.1: at least one byte is writable */
        return 0;
    }
    for (unsigned i = chain->out; i < chain->out + (unsigned)chain->in && done < ENTROPY_MAX; i++) {
        n = chain->seg[i].len < ENTROPY_MAX - done ? chain->seg[i].len : ENTROPY_MAX - done;
        entropy_fill(chain->seg[i].data, n);
        done += n;
    }
    virtio_answer(dev, queue, chain->head, done);
    return done;
}

static const struct virtio_ops entropy_ops = {
    .id = VIRTIO_ID_ENTROPY,
    .name = "virtio-rng",
    .queues = 1,
    .queue_size = ENTROPY_QUEUE,
    .served = 1u << 0,
    .request = entropy_request,
};

void entropy_attach(struct entropy_dev *entropy, struct virtio_bus *bus, unsigned slot)
{
    if (entropy_ready()) {
        virtio_attach(&entropy->dev, &entropy_ops, entropy->queue, bus, slot, 0);
    } else {
        virtio_attach_none(bus, slot);
    }
}
