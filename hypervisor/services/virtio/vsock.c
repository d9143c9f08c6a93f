/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Socket device: virtio 1.2, section 5.10. */
#include "vsock.h"

#include <string.h>

enum { QUEUE_RX, QUEUE_TX, QUEUE_EVENT };

#define QUEUE_SIZE 128u

#define F_STREAM (1ull << 0)

enum op {
    OP_REQUEST = 1,
    OP_RESPONSE = 2,
    OP_RST = 3,
    OP_SHUTDOWN = 4,
    OP_RW = 5,
    OP_CREDIT_UPDATE = 6,
    OP_CREDIT_REQUEST = 7,
};

#define TYPE_STREAM   1u
#define SHUTDOWN_RECV 1u
#define SHUTDOWN_SEND 2u
#define OUR_ROOM      (64u << 10) /* buf_alloc: all is taken when it comes, so any number is right */
#define PACKET_MAX    (64u << 10) /* bytes of data in one packet */
#define SHARE         (1u << 20)  /* bytes for the guest before others get their turn */

struct __attribute__((packed)) header {
    uint64_t src_cid, dst_cid;
    uint32_t src_port, dst_port;
    uint32_t len;
    uint16_t type, op;
    uint32_t flags;
    uint32_t buf_alloc, fwd_cnt;
};

_Static_assert(sizeof(struct header) == VSOCK_HEADER_BYTES, "virtio 1.2, 5.10.6");

static void serve_soon(struct vsock_dev *vsock);

/* ---- Connections --------------------------------------------------------------------------- */

static struct vsock_conn *find(struct vsock_dev *vsock, const struct header *header)
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
static void refuse(struct vsock_dev *vsock, const struct header *header)
{
    if (header->op != OP_RST && vsock->refusals < VSOCK_REFUSALS) {
        vsock->refusal[vsock->refusals++] = (struct vsock_refusal){
            header->dst_cid, header->src_port, header->dst_port, header->type};
    }
}

static void close_and_refuse(struct vsock_conn *conn, const struct header *header)
{
    refuse(conn->device, header);
    end(conn);
}

/* ---- From the guest ------------------------------------------------------------------------ */

static void connect(struct vsock_dev *vsock, const struct header *header)
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
static void shut_down(struct vsock_conn *conn, const struct header *header)
{
    conn->guest_done |= (header->flags & SHUTDOWN_SEND) != 0;
    if (header->flags & SHUTDOWN_RECV) {
        close_and_refuse(conn, header);
    }
}

static void handle(struct vsock_conn *conn, const struct header *header,
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
    struct header header;
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
    serve_soon(vsock);
    return cost;
}

/* ---- To the guest -------------------------------------------------------------------------- */

/* How many bytes the guest has room for; a guest that contradicts itself has none. */
static uint32_t credit(const struct vsock_conn *conn)
{
    const uint32_t under_way = conn->sent - conn->used;

    return under_way < conn->room ? conn->room - under_way : 0;
}

static bool take_buffer(struct vsock_dev *vsock, struct vq_chain *chain)
{
    if (virtio_take(&vsock->dev, QUEUE_RX, chain)) {
        if (chain->in_bytes > VSOCK_HEADER_BYTES) {
            return true;
        }
        virtio_broken(&vsock->dev, "buffer without room for data");
    }
    return false;
}

static void answer(struct vsock_dev *vsock, const struct vq_chain *chain, struct header *header)
{
    header->dst_cid = vsock->cid;
    vq_write(chain, 0, header, sizeof(*header));
    virtio_answer(&vsock->dev, QUEUE_RX, chain->head, VSOCK_HEADER_BYTES + header->len);
}

static struct header header_for(const struct vsock_conn *conn, enum op op, uint32_t len)
{
    return (struct header){.src_cid = VSOCK_HOST,
                           .src_port = conn->service->port,
                           .dst_port = conn->guest_port,
                           .len = len,
                           .type = TYPE_STREAM,
                           .op = (uint16_t)op,
                           .buf_alloc = OUR_ROOM,
                           .fwd_cnt = conn->received};
}

static bool send_refusal(struct vsock_dev *vsock)
{
    const struct vsock_refusal *first = &vsock->refusal[0];
    struct header header = {.src_cid = first->cid,
                            .src_port = first->port,
                            .dst_port = first->guest_port,
                            .type = first->type,
                            .op = OP_RST};
    struct vq_chain chain;

    if (!take_buffer(vsock, &chain)) {
        return false;
    }
    answer(vsock, &chain, &header);
    vsock->refusals--;
    memmove(&vsock->refusal[0], &vsock->refusal[1], vsock->refusals * sizeof(vsock->refusal[0]));
    return true;
}

static bool send_control(struct vsock_conn *conn)
{
    const enum op op = conn->response_due ? OP_RESPONSE : OP_CREDIT_UPDATE;
    struct header header = header_for(conn, op, 0);
    struct vq_chain chain;

    if (!take_buffer(conn->device, &chain)) {
        return false;
    }
    answer(conn->device, &chain, &header);
    conn->response_due = conn->credit_due = false;
    return true;
}

static bool has_data(const struct vsock_conn *conn)
{
    return conn->service && credit(conn) && conn->service->waits(conn);
}

/* Takes from the service what fits into the chain behind the header, at most room bytes. */
static uint32_t fill(struct vsock_conn *conn, const struct vq_chain *chain, uint32_t room)
{
    uint32_t skip = VSOCK_HEADER_BYTES, done = 0, len;
    size_t n;

    for (unsigned i = chain->out; i < chain->out + chain->in && done < room; i++) {
        const struct vq_seg *seg = &chain->seg[i];

        if (seg->len <= skip) {
            skip -= seg->len;
            continue;
        }
        len = seg->len - skip < room - done ? seg->len - skip : room - done;
        n = conn->service->output(conn, seg->data + skip, len);
        done += (uint32_t)n;
        skip = 0;
        if (n < len) {
            break;
        }
    }
    return done;
}

static bool send_data(struct vsock_conn *conn, uint32_t *cost)
{
    const uint32_t room = credit(conn) < PACKET_MAX ? credit(conn) : PACKET_MAX;
    struct header header;
    struct vq_chain chain;
    uint32_t len;

    if (!take_buffer(conn->device, &chain)) {
        return false;
    }
    len = fill(conn, &chain, room);
    conn->sent += len;
    *cost += len;
    header = header_for(conn, OP_RW, len);
    answer(conn->device, &chain, &header);
    return true;
}

/* One packet of a connection, if it has any. False: the guest has given no buffer. */
static bool serve_one(struct vsock_conn *conn, bool *any, uint32_t *cost)
{
    bool sent = true;

    if (conn->service && (conn->response_due || conn->credit_due)) {
        sent = send_control(conn);
    } else if (has_data(conn)) {
        sent = send_data(conn, cost);
    } else {
        return true;
    }
    *any = sent;
    return sent;
}

/* Packet by packet in turns. False: the guest has given no buffer. */
static bool serve_round(struct vsock_dev *vsock, bool *any, uint32_t *cost)
{
    *any = false;
    for (unsigned i = 0; i < VSOCK_CONNECTIONS; i++) {
        struct vsock_conn *conn = &vsock->conn[vsock->turn];
        bool sent = false;

        if (!serve_one(conn, &sent, cost)) {
            return false;
        }
        *any |= sent;
        vsock->turn = (vsock->turn + 1) % VSOCK_CONNECTIONS;
    }
    return true;
}

static bool serve(struct vsock_dev *vsock, uint32_t *cost)
{
    bool any = true;

    while (vsock->refusals) {
        if (!send_refusal(vsock)) {
            return false;
        }
    }
    while (any && *cost < SHARE) {
        if (!serve_round(vsock, &any, cost)) {
            return false;
        }
    }
    return true;
}

/* All that is due to the guest, as far as it has given buffers. */
static void serve_now(struct timer *timer)
{
    struct vsock_dev *vsock = timer->owner;
    uint32_t cost = 0;

    if (!virtio_live(&vsock->dev)) {
        return;
    }
    if (!serve(vsock, &cost)) {
        vq_enable_notify(&vsock->queue[QUEUE_RX].vq);
        serve(vsock, &cost);
    }
    virtio_signal(&vsock->dev, QUEUE_RX);
    if (cost >= SHARE) {
        serve_soon(vsock);
    }
}

/* After what is being done now: a service is never called from within itself. */
static void serve_soon(struct vsock_dev *vsock)
{
    if (!vsock->soon.running) {
        timer_start(&vsock->soon, 0);
    }
}

void vsock_wake(struct vsock_conn *conn)
{
    serve_soon(conn->device);
}

static void vsock_refilled(struct virtio_dev *dev, unsigned queue)
{
    if (queue == QUEUE_RX) {
        serve_soon((struct vsock_dev *)dev);
    }
}

/* ---- The device ---------------------------------------------------------------------------- */

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
    vsock->soon = (struct timer){.fire = serve_now, .owner = vsock};
    if (bus->kept) {
        lose_connections(vsock);
    }
    virtio_attach(&vsock->dev, &vsock_ops, vsock->queue, bus, slot, F_STREAM);
    virtio_config_put(&vsock->dev, 0, &cid, sizeof(cid));
}
