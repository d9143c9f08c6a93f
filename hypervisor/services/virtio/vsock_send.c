/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Socket device, to the guest: virtio 1.2, section 5.10.6. */
#include "vsock_packet.h"

#include <string.h>

#define OUR_ROOM   (64u << 10) /* buf_alloc: all is taken when it comes, so any number is right */
#define PACKET_MAX (64u << 10) /* bytes of data in one packet */
#define SHARE      (1u << 20)  /* bytes for the guest before others get their turn */

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

static void answer(struct vsock_dev *vsock, const struct vq_chain *chain,
                   struct vsock_header *header)
{
    header->dst_cid = vsock->cid;
    vq_write(chain, 0, header, sizeof(*header));
    virtio_answer(&vsock->dev, QUEUE_RX, chain->head, VSOCK_HEADER_BYTES + header->len);
}

static struct vsock_header header_for(const struct vsock_conn *conn, enum vsock_op op, uint32_t len)
{
    return (struct vsock_header){.src_cid = VSOCK_HOST,
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
    struct vsock_header header = {.src_cid = first->cid,
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
    const enum vsock_op op = conn->response_due ? OP_RESPONSE : OP_CREDIT_UPDATE;
    struct vsock_header header = header_for(conn, op, 0);
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
    struct vsock_header header;
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
void vsock_serve(struct timer *timer)
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
        vsock_serve_soon(vsock);
    }
}

/* After what is being done now: a service is never called from within itself. */
void vsock_serve_soon(struct vsock_dev *vsock)
{
    if (!vsock->soon.running) {
        timer_start(&vsock->soon, 0);
    }
}

void vsock_wake(struct vsock_conn *conn)
{
    vsock_serve_soon(conn->device);
}
