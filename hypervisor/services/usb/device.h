/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A USB device as its function model and the bus under it see it: USB 2.0, chapter 9. One
 * configuration, control transfers on endpoint 0, and one bulk endpoint by which the device gives
 * data. A function embeds struct usb_device as its first member.
 *
 * Setup packets and lengths come from the guest and are hostile; this checks them.
 */
#ifndef USB_DEVICE_H
#define USB_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define USB_CONTROL_MAX  512u /* bytes of a control transfer's data at most */
#define USB_DEVICE_BYTES 18u  /* of a device descriptor */
#define USB_STALL        (-1) /* the device refuses a request */
#define USB_STRINGS      3u

/* 9.3, in the byte order of this machine. */
struct usb_setup {
    uint8_t type;
    uint8_t request;
    uint16_t value, index, length;
};

struct usb_device;

struct usb_ops {
    /*
     * A class request. To the host (bit 7 of type): puts its answer, at most USB_CONTROL_MAX bytes,
     * into data, returns their number. Else data holds setup->length bytes; returns 0. Or
     * USB_STALL.
     */
    int (*request)(struct usb_device *dev, const struct usb_setup *setup, uint8_t *data);
    /* The host has set the device, an interface or the endpoint to its first state: nothing flows.
     */
    void (*stop)(struct usb_device *dev);
    /* The host waits at the bulk endpoint. */
    void (*wanted)(struct usb_device *dev);
    /* How long a transfer of at most len bytes (> 0) would be now; 0: there is nothing yet. */
    uint32_t (*ready)(const struct usb_device *dev, uint32_t len);
    /* The next bytes of a transfer whose length ready() said. */
    void (*read)(struct usb_device *dev, uint8_t *to, uint32_t len);
};

struct usb_device {
    const struct usb_ops *ops;
    const uint8_t *descriptor;    /* USB_DEVICE_BYTES */
    const uint8_t *configuration; /* descriptor with all that belongs to it; wTotalLength in it */
    const char *string[USB_STRINGS]; /* ASCII; descriptors name them from 1 on */
    uint8_t configured;              /* bConfigurationValue, 0: not */
    uint32_t stops;                  /* how often it was stopped: what was begun before is void */
    void (*wake)(struct usb_device *dev); /* ready() may say something else; NULL: nobody asks */
    void *host;                           /* the one who set wake */
};

/*
 * A control transfer; data has room for USB_CONTROL_MAX bytes, and holds setup->length of them (at
 * most that many) if the host sends. Returns the bytes for the host, at most setup->length, or
 * USB_STALL.
 */
int usb_control(struct usb_device *dev, const struct usb_setup *setup, uint8_t *data);

/* As the bus does it when a host comes or goes: not configured, nothing flows. */
void usb_reset(struct usb_device *dev);

/* Nothing flows any more, and what was begun is void. */
void usb_stop(struct usb_device *dev);

static inline uint16_t usb_get16(const uint8_t *from)
{
    return (uint16_t)(from[0] | from[1] << 8);
}

#endif
