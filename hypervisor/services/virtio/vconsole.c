/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Console with one port and no features: virtio 1.2, section 5.3. */
#include "vconsole.h"

enum { QUEUE_RECEIVE, QUEUE_TRANSMIT };

#define CONSOLE_QUEUE 64u

static uint32_t console_request(struct virtio_dev *dev, unsigned queue,
                                const struct vq_chain *chain, bool *ok)
{
    const struct console_dev *console = (struct console_dev *)dev;

    (void)ok;
    for (unsigned i = 0; i < chain->out; i++) {
        console->output(dev->bus->owner, chain->seg[i].data, chain->seg[i].len);
    }
    virtio_answer(dev, queue, chain->head, 0);
    return chain->out_bytes;
}

size_t console_input(struct console_dev *console, const void *data, size_t len)
{
    struct vq_chain chain;
    size_t done = 0, n;

    while (done < len && virtio_take(&console->dev, QUEUE_RECEIVE, &chain)) {
        n = vq_write(&chain, 0, (const uint8_t *)data + done, len - done);
        virtio_answer(&console->dev, QUEUE_RECEIVE, chain.head, (uint32_t)n);
        done += n;
    }
    virtio_signal(&console->dev, QUEUE_RECEIVE);
    return done;
}

static const struct virtio_ops console_ops = {
    .id = VIRTIO_ID_CONSOLE,
    .name = "virtio-console",
    .queues = 2,
    .queue_size = CONSOLE_QUEUE,
    .served = 1u << QUEUE_TRANSMIT,
    .request = console_request,
};

void console_attach(struct console_dev *console, struct virtio_bus *bus, unsigned slot,
                    console_output_fn *output)
{
    console->output = output;
    virtio_attach(&console->dev, &console_ops, console->queue, bus, slot, 0);
}
