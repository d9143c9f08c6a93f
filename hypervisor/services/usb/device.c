/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Requests that every device has: USB 2.0, section 9.4. */
#include "device.h"

#include <string.h>

#define TYPE_MASK     0x60u /* bmRequestType: standard, class, vendor */
#define TYPE_STANDARD 0x00u
#define TYPE_CLASS    0x20u
#define TO_HOST       0x80u
#define RECIPIENT     0x1fu
#define LANGUAGE      0x0409u /* English (United States) */

enum standard_request {
    GET_STATUS = 0,
    CLEAR_FEATURE = 1,
    SET_FEATURE = 3,
    GET_DESCRIPTOR = 6,
    GET_CONFIGURATION = 8,
    SET_CONFIGURATION = 9,
    GET_INTERFACE = 10,
    SET_INTERFACE = 11,
};

enum descriptor_type { DEVICE = 1, CONFIGURATION = 2, STRING = 3 };

enum recipient { TO_DEVICE, TO_INTERFACE, TO_ENDPOINT };

void usb_stop(struct usb_device *dev)
{
    dev->stops++;
    dev->ops->stop(dev);
}

void usb_reset(struct usb_device *dev)
{
    dev->configured = 0;
    usb_stop(dev);
}

/* 9.6.7; index 0 is the list of languages. */
static int string_descriptor(const struct usb_device *dev, unsigned index, uint8_t *data)
{
    const char *text;
    unsigned at = 2;

    if (index > USB_STRINGS) {
        return USB_STALL;
    }
    if (!index) {
        data[at++] = (uint8_t)LANGUAGE;
        data[at++] = LANGUAGE >> 8;
    } else {
        for (text = dev->string[index - 1]; *text && at < 254; text++) {
            data[at++] = (uint8_t)*text;
            data[at++] = 0;
        }
    }
    data[0] = (uint8_t)at;
    data[1] = STRING;
    return (int)at;
}

static int copy(uint8_t *data, const uint8_t *from, size_t len)
{
    len = len < USB_CONTROL_MAX ? len : USB_CONTROL_MAX;
    memcpy(data, from, len);
    return (int)len;
}

static int get_descriptor(const struct usb_device *dev, uint16_t value, uint8_t *data)
{
    const unsigned index = value & 0xffu;

    switch (value >> 8) {
    case DEVICE:
        return copy(data, dev->descriptor, USB_DEVICE_BYTES);
    case CONFIGURATION:
        return index ? USB_STALL
                     : copy(data, dev->configuration, usb_get16(dev->configuration + 2));
    case STRING:
        return string_descriptor(dev, index, data);
    default:
        return USB_STALL;
    }
}

static int set_configuration(struct usb_device *dev, uint16_t value)
{
    if (value && value != dev->configuration[5]) {
        return USB_STALL;
    }
    dev->configured = (uint8_t)value;
    usb_stop(dev);
    return 0;
}

/* Only the endpoint has one that changes anything: when its halt is cleared, it begins anew. */
static int clear_feature(struct usb_device *dev, const struct usb_setup *setup)
{
    if ((setup->type & RECIPIENT) == TO_ENDPOINT) {
        usb_stop(dev);
    }
    return 0;
}

/* No interface has an alternate setting. */
static int set_interface(struct usb_device *dev, const struct usb_setup *setup)
{
    if (setup->value || setup->index >= dev->configuration[4]) {
        return USB_STALL;
    }
    usb_stop(dev);
    return 0;
}

static int to_host(struct usb_device *dev, const struct usb_setup *setup, uint8_t *data)
{
    switch (setup->request) {
    case GET_STATUS:
        data[0] = data[1] = 0;
        return 2;
    case GET_DESCRIPTOR:
        return get_descriptor(dev, setup->value, data);
    case GET_CONFIGURATION:
        data[0] = dev->configured;
        return 1;
    case GET_INTERFACE:
        data[0] = 0;
        return setup->index < dev->configuration[4] ? 1 : USB_STALL;
    default:
        return USB_STALL;
    }
}

static int to_device(struct usb_device *dev, const struct usb_setup *setup)
{
    switch (setup->request) {
    case CLEAR_FEATURE:
        return clear_feature(dev, setup);
    case SET_FEATURE:
        return 0;
    case SET_CONFIGURATION:
        return set_configuration(dev, setup->value);
    case SET_INTERFACE:
        return set_interface(dev, setup);
    default:
        return USB_STALL;
    }
}

int usb_control(struct usb_device *dev, const struct usb_setup *setup, uint8_t *data)
{
    int len;

    if ((setup->type & TYPE_MASK) == TYPE_CLASS) {
        len = dev->ops->request(dev, setup, data);
    } else if ((setup->type & TYPE_MASK) != TYPE_STANDARD) {
        len = USB_STALL;
    } else if (setup->type & TO_HOST) {
        len = to_host(dev, setup, data);
    } else {
        len = to_device(dev, setup);
    }
    return len > setup->length ? setup->length : len;
}
