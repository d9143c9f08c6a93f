/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Network device, one pair of queues: virtio 1.2, section 5.1. */
#include "vnet.h"
#include "offload.h"

#include <string.h>

enum { QUEUE_RECEIVE, QUEUE_TRANSMIT };

#define NET_QUEUE 256u

#define F_CSUM       (1ull << 0)
#define F_GUEST_CSUM (1ull << 1)
#define F_MTU        (1ull << 3)
#define F_MAC        (1ull << 5)
#define F_HOST_TSO4  (1ull << 11)
#define F_HOST_TSO6  (1ull << 12)
#define F_STATUS     (1ull << 16)

/* Offsets in configuration space: 5.1.4. */
#define CONFIG_MAC    0
#define CONFIG_STATUS 6
#define CONFIG_MTU    10

#define STATUS_LINK_UP 1u

#define HEADER_BYTES ((uint32_t)sizeof(struct offload_header))
_Static_assert(sizeof(struct offload_header) == 12, "5.1.6");

static uint8_t frame[NET_FRAME_MAX];

static void send_one(struct net_dev *net, const struct offload_header *header,
                     const struct vq_chain *chain, uint32_t len)
{
    if (len < NET_FRAME_MIN || len > NET_FRAME_MAX) {
        return;
    }
    vq_read(chain, HEADER_BYTES, frame, len);
    if (!(header->flags & OFFLOAD_NEEDS_CSUM) || offload_checksum(header, frame, len)) {
        net->send(net->dev.bus->owner, frame, len);
    }
}

/* TCP data for many frames. Returns how many. */
static uint32_t send_cut(struct net_dev *net, const struct offload_header *header,
                         const struct vq_chain *chain, uint32_t len)
{
    static struct offload plan;
    uint8_t start[OFFLOAD_HEADERS];
    const size_t bytes =
        vq_read(chain, HEADER_BYTES, start, len < OFFLOAD_HEADERS ? len : OFFLOAD_HEADERS);
    uint32_t frames = 0;

    if (!offload_plan(&plan, header, start, bytes, len, NET_FRAME_MAX)) {
        return 0;
    }
    for (uint32_t at = 0; at < plan.total; at += plan.size, frames++) {
        const uint32_t data = plan.total - at < plan.size ? plan.total - at : plan.size;

        vq_read(chain, HEADER_BYTES + plan.header_bytes + at, frame + plan.header_bytes, data);
        offload_finish(&plan, frame, at, data);
        net->send(net->dev.bus->owner, frame, plan.header_bytes + data);
    }
    return frames;
}

/* A frame that cannot be sent so is dropped, not an error of the queue. */
static uint32_t net_request(struct virtio_dev *dev, unsigned queue, const struct vq_chain *chain,
                            bool *ok)
{
    struct net_dev *net = (struct net_dev *)dev;
    struct offload_header header;
    uint32_t cost;

    if (vq_read(chain, 0, &header, sizeof(header)) != sizeof(header)) {
        *ok = false;
        return 0;
    }
    cost = chain->out_bytes - HEADER_BYTES;
    if (net->link && header.gso_type != OFFLOAD_GSO_NONE) {
        cost = send_cut(net, &header, chain, cost) * NET_FRAME_MAX;
    } else if (net->link) {
        send_one(net, &header, chain, cost);
    }
    virtio_answer(dev, queue, chain->head, 0);
    return cost;
}

bool net_receive(struct net_dev *net, const void *data, size_t len, bool valid)
{
    const struct offload_header header = {
        .flags = valid && net->dev.accepted & F_GUEST_CSUM ? OFFLOAD_DATA_VALID : 0,
        .num_buffers = 1,
    };
    struct vq_chain chain;
    bool fits = false;

    if (net->link && len <= NET_FRAME_MAX && virtio_take(&net->dev, QUEUE_RECEIVE, &chain)) {
        fits = chain.in_bytes >= HEADER_BYTES + len;
        if (fits) {
            vq_write(&chain, 0, &header, sizeof(header));
            vq_write(&chain, HEADER_BYTES, data, len);
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
    if (!virtio_attach(&net->dev, &net_ops, net->queue, bus, slot,
                       F_MAC | F_STATUS | F_MTU | F_CSUM | F_GUEST_CSUM | F_HOST_TSO4 |
                           F_HOST_TSO6)) {
        net->link = true;
    }
    virtio_config_put(&net->dev, CONFIG_MAC, mac, NET_MAC);
    put_status(net);
    virtio_config_put(&net->dev, CONFIG_MTU, &mtu, sizeof(mtu));
}
