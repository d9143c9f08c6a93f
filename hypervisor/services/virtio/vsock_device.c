/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Socket device: virtio 1.2, section 5.10. */
#include "vsock_packet.h"

#define QUEUE_SIZE 128u

#define F_STREAM (1ull << 0)

#define SHUTDOWN_RECV 1u
#define SHUTDOWN_SEND 2u

/* ---- Connections --------------------------------------------------------------------------- */

static struct vsock_conn *find(struct vsock_dev *vsock, const struct vsock_header *header)
{
    for (unsigned i = 0; i < VSOCK_CONNECTIONS; i++) {
        struct vsock_conn *conn = &vsock->conn[i];

        if (conn->service && conn->guest_port == header->src_port &&
            conn->service->port == header->dst_port) {
            return conn;
        }
    }
    return NULL;
}

static struct vsock_conn *find_free(struct vsock_dev *vsock)
{
    for (unsigned i = 0; i < VSOCK_CONNECTIONS; i++) {
        if (!vsock->conn[i].service) {
            return &vsock->conn[i];
        }
    }
    return NULL;
}

static const struct vsock_service *find_service(const struct vsock_dev *vsock, uint32_t port)
{
    const struct vsock_service *const *service = vsock->service;

    while (*service && (*service)->port != port) {
        service++;
    }
    return *service;
}

static void end(struct vsock_conn *conn)
{
    const struct vsock_service *service = conn->service;

    if (service) {
        service->closed(conn);
        conn->service = NULL;
    }
}

/* More than there is room for are forgotten: the guest's connect ends by its own time limit. */
static void refuse(struct vsock_dev *vsock, const struct vsock_header *header)
{
    if (header->op != OP_RST && vsock->refusals < VSOCK_REFUSALS) {
        vsock->refusal[vsock->refusals++] = (struct vsock_refusal){
            header->dst_cid, header->src_port, header->dst_port, header->type};
    }
}

static void close_and_refuse(struct vsock_conn *conn, const struct vsock_header *header)
{
    refuse(conn->device, header);
    end(conn);
}

/* ---- From the guest ------------------------------------------------------------------------ */

static void connect(struct vsock_dev *vsock, const struct vsock_header *header)
{
    const struct vsock_service *service = find_service(vsock, header->dst_port);
    struct vsock_conn *conn = find_free(vsock);

    if (!service || !conn) {
        refuse(vsock, header);
        return;
    }
    *conn = (struct vsock_conn){.device = vsock,
                                .service = service,
                                .guest_port = header->src_port,
                                .response_due = true,
                                .room = header->buf_alloc,
                                .used = header->fwd_cnt};
    if (!service->opened(vsock->dev.bus->owner, conn)) {
        conn->service = NULL;
        refuse(vsock, header);
    }
}

/* Gives the service len bytes of the chain behind the header. False: it wants no more. */
static bool give(struct vsock_conn *conn, const struct vq_chain *chain, uint32_t len)
{
    uint8_t piece[512];
    uint32_t n;

    conn->received += len;
    for (uint32_t done = 0; done < len; done += n) {
        n = len - done < sizeof(piece) ? len - done : (uint32_t)sizeof(piece);
        vq_read(chain, VSOCK_HEADER_BYTES + done, piece, n);
        if (!conn->service->input(conn, piece, n)) {
            return false;
        }
    }
    return true;
}

/* Who receives no more, or neither, is gone: the answer to that is RST (5.10.6.6). */
static void shut_down(struct vsock_conn *conn, const struct vsock_header *header)
{
    conn->guest_done |= (header->flags & SHUTDOWN_SEND) != 0;
    if (header->flags & SHUTDOWN_RECV) {
        close_and_refuse(conn, header);
    }
}

static void handle(struct vsock_conn *conn, const struct vsock_header *header,
                   const struct vq_chain *chain)
{
    conn->room = header->buf_alloc;
    conn->used = header->fwd_cnt;
    switch (header->op) {
    case OP_RW:
        if (conn->guest_done || !give(conn, chain, header->len)) {
            close_and_refuse(conn, header);
        }
        break;
    case OP_SHUTDOWN:
        shut_down(conn, header);
        break;
    case OP_RST:
        end(conn);
        break;
    case OP_CREDIT_REQUEST:
        conn->credit_due = true;
        break;
    case OP_CREDIT_UPDATE:
        break;
    default: /* a second REQUEST, too */
        close_and_refuse(conn, header);
        break;
    }
}

static uint32_t vsock_request(struct virtio_dev *dev, unsigned queue, const struct vq_chain *chain,
                              bool *ok)
{
    struct vsock_dev *vsock = (struct vsock_dev *)dev;
    struct vsock_conn *conn;
    struct vsock_header header;
    uint32_t cost = chain->out_bytes;

    if (vq_read(chain, 0, &header, sizeof(header)) < sizeof(header) ||
        header.len > chain->out_bytes - VSOCK_HEADER_BYTES) {
        *ok = false;
        return 0;
    }
    conn = find(vsock, &header);
    if (header.src_cid != vsock->cid) {
        ; /* 5.10.6.4.1: nobody may speak for another one; there is nobody to answer */
    } else if (header.dst_cid != VSOCK_HOST || header.type != TYPE_STREAM) {
        refuse(vsock, &header);
    } else if (conn) {
        handle(conn, &header, chain);
    } else if (header.op == OP_REQUEST) {
        connect(vsock, &header);
    } else {
        refuse(vsock, &header);
    }
    virtio_answer(dev, queue, chain->head, 0);
    vsock_serve_soon(vsock);
    return cost;
}

/* ---- The device ---------------------------------------------------------------------------- */

static void vsock_refilled(struct virtio_dev *dev, unsigned queue)
{
    if (queue == QUEUE_RX) {
        vsock_serve_soon((struct vsock_dev *)dev);
    }
}

static void vsock_reset(struct virtio_dev *dev)
{
    struct vsock_dev *vsock = (struct vsock_dev *)dev;

    timer_stop(&vsock->soon);
    for (unsigned i = 0; i < VSOCK_CONNECTIONS; i++) {
        end(&vsock->conn[i]);
    }
    vsock->refusals = 0;
}

static const struct virtio_ops vsock_ops = {
    .id = VIRTIO_ID_SOCKET,
    .name = "virtio-vsock",
    .queues = 3,
    .queue_size = QUEUE_SIZE,
    .served = 1u << QUEUE_TX,
    .request = vsock_request,
    .refilled = vsock_refilled,
    .reset = vsock_reset,
};

/* Services do not know their connections any more: the guest hears that they are gone. */
static void lose_connections(struct vsock_dev *vsock)
{
    for (unsigned i = 0; i < VSOCK_CONNECTIONS; i++) {
        struct vsock_conn *conn = &vsock->conn[i];

        if (conn->service && vsock->refusals < VSOCK_REFUSALS) {
            vsock->refusal[vsock->refusals++] = (struct vsock_refusal){
                VSOCK_HOST, conn->guest_port, conn->service->port, TYPE_STREAM};
        }
        conn->service = NULL;
    }
}

void vsock_attach(struct vsock_dev *vsock, struct virtio_bus *bus, unsigned slot, uint64_t cid,
                  const struct vsock_service *const *service)
{
    vsock->cid = cid;
    vsock->service = service;
    vsock->soon = (struct timer){.fire = vsock_serve, .owner = vsock};
    if (bus->kept) {
        lose_connections(vsock);
    }
    virtio_attach(&vsock->dev, &vsock_ops, vsock->queue, bus, slot, F_STREAM);
    virtio_config_put(&vsock->dev, 0, &cid, sizeof(cid));
}
