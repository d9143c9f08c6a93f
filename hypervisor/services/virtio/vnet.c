/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Network device, one pair of queues, no offloads: virtio 1.2, section 5.1. */
#include "vnet.h"

#include <string.h>

enum { QUEUE_RECEIVE, QUEUE_TRANSMIT };

#define NET_QUEUE 256u

#define F_MTU    (1ull << 3)
#define F_MAC    (1ull << 5)
#define F_STATUS (1ull << 16)

/* Offsets in configuration space: 5.1.4. */
#define CONFIG_MAC    0
#define CONFIG_STATUS 6
#define CONFIG_MTU    10

#define STATUS_LINK_UP 1u

/* struct virtio_net_hdr (5.1.6): all fields 0 without offloads, but num_buffers. */
#define HEADER_BYTES       12u
#define HEADER_NUM_BUFFERS 10u

/* A frame that is too short or too long is dropped, not an error of the queue. */
static uint32_t net_request(struct virtio_dev *dev, unsigned queue, const struct vq_chain *chain,
                            bool *ok)
{
    static uint8_t frame[NET_FRAME_MAX];
    uint32_t len;

    if (chain->out_bytes < HEADER_BYTES) {
        *ok = false;
        return 0;
    }
    len = chain->out_bytes - HEADER_BYTES;
    if (((struct net_dev *)dev)->link && len >= NET_FRAME_MIN && len <= NET_FRAME_MAX) {
        vq_read(chain, HEADER_BYTES, frame, len);
        ((struct net_dev *)dev)->send(dev->bus->owner, frame, len);
    }
    virtio_answer(dev, queue, chain->head, 0);
    return len;
}

bool net_receive(struct net_dev *net, const void *frame, size_t len)
{
    uint8_t header[HEADER_BYTES] = {[HEADER_NUM_BUFFERS] = 1};
    struct vq_chain chain;
    bool fits = false;

    if (net->link && len <= NET_FRAME_MAX && virtio_take(&net->dev, QUEUE_RECEIVE, &chain)) {
        fits = chain.in_bytes >= HEADER_BYTES + len;
        if (fits) {
            vq_write(&chain, 0, header, sizeof(header));
            vq_write(&chain, HEADER_BYTES, frame, len);
        }
        virtio_answer(&net->dev, QUEUE_RECEIVE, chain.head,
                      fits ? (uint32_t)(HEADER_BYTES + len) : 0);
        virtio_signal(&net->dev, QUEUE_RECEIVE);
    }
    net->dropped += !fits;
    return fits;
}

static const struct virtio_ops net_ops = {
    .id = VIRTIO_ID_NET,
    .name = "virtio-net",
    .queues = 2,
    .queue_size = NET_QUEUE,
    .served = 1u << QUEUE_TRANSMIT,
    .request = net_request,
};

static void put_status(struct net_dev *net)
{
    const uint16_t status = net->link ? STATUS_LINK_UP : 0;

    virtio_config_put(&net->dev, CONFIG_STATUS, &status, sizeof(status));
}

void net_link(struct net_dev *net, bool up)
{
    if (net->link != up) {
        net->link = up;
        put_status(net);
        virtio_config_changed(&net->dev);
    }
}

void net_attach(struct net_dev *net, struct virtio_bus *bus, unsigned slot,
                const uint8_t mac[NET_MAC], net_send_fn *send)
{
    const uint16_t mtu = NET_FRAME_MAX - NET_FRAME_MIN;

    net->send = send;
    if (!virtio_attach(&net->dev, &net_ops, net->queue, bus, slot, F_MAC | F_STATUS | F_MTU)) {
        net->link = true;
    }
    virtio_config_put(&net->dev, CONFIG_MAC, mac, NET_MAC);
    put_status(net);
    virtio_config_put(&net->dev, CONFIG_MTU, &mtu, sizeof(mtu));
}
