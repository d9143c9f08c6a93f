/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "usbport.h"

#define CONNECTIONS (USBIP_DEVICES + 1u) /* and one that asks which there are */

struct link {
    struct vsock_conn *conn; /* NULL: free */
    struct usbip usbip;
};

static struct port {
    struct usbip_bus bus;
    struct link link[CONNECTIONS];
} ports[PB_MAX_VMS]; /* by vm->index */

void usbport_plug(const struct vm *vm, unsigned n, struct usb_device *device)
{
    ports[vm->index].bus.device[n] = device;
}

static void wake(struct usb_device *device)
{
    vsock_wake(((struct link *)device->host)->conn);
}

static bool opened(void *owner, struct vsock_conn *conn)
{
    struct port *port = &ports[((const struct vm *)owner)->index];

    for (unsigned i = 0; i < CONNECTIONS; i++) {
        struct link *link = &port->link[i];

        if (!link->conn) {
            link->conn = conn;
            conn->user = link;
            usbip_open(&link->usbip, &port->bus);
            return true;
        }
    }
    return false;
}

static bool input(struct vsock_conn *conn, const uint8_t *data, size_t len)
{
    struct link *link = conn->user;
    const bool ok = usbip_input(&link->usbip, data, len);

    if (link->usbip.device) {
        link->usbip.device->host = link;
        link->usbip.device->wake = wake;
    }
    return ok;
}

static bool waits(const struct vsock_conn *conn)
{
    return usbip_has_output(&((const struct link *)conn->user)->usbip);
}

static size_t output(struct vsock_conn *conn, uint8_t *to, size_t room)
{
    return usbip_output(&((struct link *)conn->user)->usbip, to, room);
}

static void closed(struct vsock_conn *conn)
{
    struct link *link = conn->user;

    usbip_close(&link->usbip);
    link->conn = NULL;
}

const struct vsock_service usbport_service = {
    .port = USBIP_PORT,
    .opened = opened,
    .input = input,
    .waits = waits,
    .output = output,
    .closed = closed,
};
