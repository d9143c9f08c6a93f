/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A USB/IP server (Linux, Documentation/usb/usbip_protocol.rst), one connection: what the other
 * side sends goes in, what is for it is taken out, both in pieces of any length. First it asks
 * which devices there are, or imports one; then it sends requests for the one that it has.
 *
 * The other side is a guest's driver and is hostile. One that breaks the protocol, or lets more
 * than USBIP_URBS transfers or USBIP_REPLIES bytes of answers wait, loses the connection.
 */
#ifndef USB_USBIP_H
#define USB_USBIP_H

#include "device.h"

#define USBIP_PORT    3240u
#define USBIP_DEVICES 4u
#define USBIP_URBS    32u   /* bulk transfers that wait */
#define USBIP_REPLIES 4096u /* bytes of answers that wait, without those of bulk transfers */
#define USBIP_HEADER  48u

/* The devices of one guest. */
struct usbip_bus {
    struct usb_device *device[USBIP_DEVICES]; /* bus id 1-1, 1-2 and so on; NULL: none there */
    uint8_t imported;                         /* bits of those that a connection has */
};

/* A bulk transfer that waits. */
struct usbip_urb {
    uint32_t seqnum, len;
};

struct usbip {
    struct usbip_bus *bus;
    struct usb_device *device; /* the imported one; NULL: not yet */
    unsigned number;           /* its index */

    uint8_t in[USBIP_HEADER + USB_CONTROL_MAX]; /* a request that is not complete */
    size_t in_len;

    uint8_t out[USBIP_REPLIES]; /* a ring */
    size_t out_first, out_bytes;

    struct usbip_urb urb[USBIP_URBS]; /* oldest first */
    unsigned urbs;

    /* The answer to a bulk transfer that is on its way: header, then data of the device. */
    uint8_t header[USBIP_HEADER];
    uint32_t header_left, data_left;
    uint32_t stops; /* the device's when it began */
};

/* A new connection. */
void usbip_open(struct usbip *usbip, struct usbip_bus *bus);

/* The connection is gone: its device is free again. */
void usbip_close(struct usbip *usbip);

/* False: the protocol was broken, close the connection. */
bool usbip_input(struct usbip *usbip, const uint8_t *data, size_t len);

/* Something can be taken now. The device's wake() says when that may have changed. */
bool usbip_has_output(const struct usbip *usbip);

/* Takes at most room bytes; returns how many. */
size_t usbip_output(struct usbip *usbip, uint8_t *to, size_t room);

/* ---- Between the two phases ---------------------------------------------------------------- */

/* A request before a device is imported, once it is complete: its bytes. 0: not yet. */
size_t usbip_op_length(const struct usbip *usbip);
bool usbip_op(struct usbip *usbip);

/* Adds to what is to be taken. False: no room. */
bool usbip_answer(struct usbip *usbip, const void *data, size_t len);

static inline void usbip_put16(uint8_t *to, uint32_t value)
{
    to[0] = (uint8_t)(value >> 8);
    to[1] = (uint8_t)value;
}

static inline void usbip_put32(uint8_t *to, uint32_t value)
{
    usbip_put16(to, value >> 16);
    usbip_put16(to + 2, value);
}

static inline uint32_t usbip_get32(const uint8_t *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

#endif
