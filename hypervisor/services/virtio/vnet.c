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

/* How long net_renew() takes the link away. A driver sees that at once; one on a busy host takes
 * longer. */
#define AWAY_US 1500000u

#define HEADER_BYTES ((uint32_t)sizeof(struct offload_header))
_Static_assert(sizeof(struct offload_header) == 12, "5.1.6");

static uint8_t frame[NET_FRAME_MAX];

static bool has_link(const struct net_dev *net)
{
    return net->link && !net->away;
}

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
    if (has_link(net) && header.gso_type != OFFLOAD_GSO_NONE) {
        cost = send_cut(net, &header, chain, cost) * NET_FRAME_MAX;
    } else if (has_link(net)) {
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

    if (has_link(net) && len <= NET_FRAME_MAX && virtio_take(&net->dev, QUEUE_RECEIVE, &chain)) {
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

static void put_status(struct net_dev *net)
{
    const uint16_t status = has_link(net) ? STATUS_LINK_UP : 0;

    virtio_config_put(&net->dev, CONFIG_STATUS, &status, sizeof(status));
}

static void change(struct net_dev *net, bool link, bool away)
{
    const bool had = has_link(net);

    net->link = link;
    net->away = away;
    if (has_link(net) != had) {
        put_status(net);
        virtio_config_changed(&net->dev);
    }
}

void net_link(struct net_dev *net, bool up)
{
    change(net, up, net->away);
}

void net_renew(struct net_dev *net)
{
    if (has_link(net)) {
        change(net, net->link, true);
        timer_start(&net->back, AWAY_US);
    }
}

static void come_back(struct timer *timer)
{
    struct net_dev *net = timer->owner;

    change(net, net->link, false);
}

static void net_resume(struct virtio_dev *dev)
{
    come_back(&((struct net_dev *)dev)->back);
}

static const struct virtio_ops net_ops = {
    .id = VIRTIO_ID_NET,
    .name = "virtio-net",
    .queues = 2,
    .queue_size = NET_QUEUE,
    .served = 1u << QUEUE_TRANSMIT,
    .request = net_request,
    .resume = net_resume,
};

void net_attach(struct net_dev *net, struct virtio_bus *bus, unsigned slot,
                const uint8_t mac[NET_MAC], net_send_fn *send)
{
    const uint16_t mtu = NET_FRAME_MAX - NET_FRAME_MIN;

    net->send = send;
    net->back = (struct timer){.fire = come_back, .owner = net};
    if (!virtio_attach(&net->dev, &net_ops, net->queue, bus, slot,
                       F_MAC | F_STATUS | F_MTU | F_CSUM | F_GUEST_CSUM | F_HOST_TSO4 |
                           F_HOST_TSO6)) {
        net->link = true;
        net->away = false;
    }
    virtio_config_put(&net->dev, CONFIG_MAC, mac, NET_MAC);
    put_status(net);
    virtio_config_put(&net->dev, CONFIG_MTU, &mtu, sizeof(mtu));
}
