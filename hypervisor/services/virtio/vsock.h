/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Socket device: virtio 1.2, section 5.10; streams only. The guest connects to services, which are
 * ports of the host (CID 2) and nothing else: another CID, one of another guest too, is refused.
 *
 * A service takes what comes at once, so that the guest's credit is always whole, and gives what it
 * has when the guest has room for it: no data is kept here.
 */
#ifndef VIRTIO_VSOCK_H
#define VIRTIO_VSOCK_H

#include "device.h"

#define VSOCK_HOST         2u /* CID */
#define VSOCK_CONNECTIONS  8u /* of a guest */
#define VSOCK_REFUSALS     16u
#define VSOCK_HEADER_BYTES 44u

struct vsock_dev;
struct vsock_conn;

/* What is behind a port; owner is the bus's. No function blocks. */
struct vsock_service {
    uint32_t port;
    /* A new connection, with room for the service's own pointer in conn->user. False: refused. */
    bool (*opened)(void *owner, struct vsock_conn *conn);
    /* Bytes from the guest, all of them. False: the connection is closed. */
    bool (*input)(struct vsock_conn *conn, const uint8_t *data, size_t len);
    /* There is something for the guest. */
    bool (*waits)(const struct vsock_conn *conn);
    /* Takes bytes for the guest, at most room (> 0): those that there are. */
    size_t (*output)(struct vsock_conn *conn, uint8_t *to, size_t room);
    /* It is gone, whoever ended it: conn is not used any more. */
    void (*closed)(struct vsock_conn *conn);
};

struct vsock_conn {
    struct vsock_dev *device;
    const struct vsock_service *service; /* NULL: free */
    void *user;                          /* the service's */
    uint32_t guest_port;
    bool response_due; /* the guest has not heard that it is connected */
    bool guest_done;   /* the guest sends no more */
    uint32_t sent;     /* bytes, modulo 2^32, as are those of credit (5.10.6.3): */
    uint32_t received;
    uint32_t room; /* buf_alloc of the guest */
    uint32_t used; /* fwd_cnt of the guest */
    bool credit_due;
};

/* A packet of the guest that belongs to no connection: RST is due. */
struct vsock_refusal {
    uint64_t cid;
    uint32_t guest_port, port;
    uint16_t type;
};

struct vsock_dev {
    struct virtio_dev dev;
    struct virtio_queue queue[3];
    uint64_t cid;
    const struct vsock_service *const *service; /* NULL-terminated */
    struct vsock_conn conn[VSOCK_CONNECTIONS];
    struct vsock_refusal refusal[VSOCK_REFUSALS];
    unsigned refusals;
    unsigned turn;     /* the connection that is served first */
    struct timer soon; /* serves them */
};

/* cid: the guest's, 3 or more. service: NULL-terminated, those that this guest may reach; stays. */
void vsock_attach(struct vsock_dev *vsock, struct virtio_bus *bus, unsigned slot, uint64_t cid,
                  const struct vsock_service *const *service);

/* The service of conn has something for the guest. */
void vsock_wake(struct vsock_conn *conn);

#endif
