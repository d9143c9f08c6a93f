/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* USB/IP, before a device is imported: OP_REQ_DEVLIST and OP_REQ_IMPORT. */
#include "usbip.h"

#include <stdio.h>
#include <string.h>

#define VERSION 0x0111u

#define REQ_DEVLIST 0x8005u
#define REQ_IMPORT  0x8003u
#define REPLY       0x7fffu /* a reply's code is its request's without the highest bit */

#define OP_HEADER    8u  /* version, code, status */
#define BUSID        32u /* bytes */
#define DEVICE_BYTES 312u
#define HIGH_SPEED   3u
#define BUS_NUMBER   1u

enum status { STATUS_OK = 0, STATUS_BUSY = 2, STATUS_NO_DEVICE = 4 };

static uint32_t code_of(const struct usbip *usbip)
{
    return (uint32_t)usbip->in[2] << 8 | usbip->in[3];
}

size_t usbip_op_length(const struct usbip *usbip)
{
    if (usbip->in_len < OP_HEADER) {
        return OP_HEADER;
    }
    switch (code_of(usbip)) {
    case REQ_DEVLIST:
        return OP_HEADER;
    case REQ_IMPORT:
        return OP_HEADER + BUSID;
    default:
        return 0;
    }
}

static void name_of(char busid[BUSID], unsigned number)
{
    memset(busid, 0, BUSID);
    snprintf(busid, BUSID, "%u-%u", BUS_NUMBER, number + 1);
}

static bool answer_op(struct usbip *usbip, enum status status)
{
    uint8_t header[OP_HEADER] = {0};

    usbip_put16(header, VERSION);
    usbip_put16(header + 2, code_of(usbip) & REPLY);
    usbip_put32(header + 4, status);
    return usbip_answer(usbip, header, sizeof(header));
}

/* struct usbip_usb_device */
static bool answer_device(struct usbip *usbip, unsigned number)
{
    const struct usb_device *device = usbip->bus->device[number];
    const uint8_t *descriptor = device->descriptor;
    uint8_t text[DEVICE_BYTES] = {0}, *at = text + 256;

    snprintf((char *)text, 256, "/sys/bus/usb/devices/%u-%u", BUS_NUMBER, number + 1);
    name_of((char *)at, number);
    usbip_put32(at + 32, BUS_NUMBER);
    usbip_put32(at + 36, number + 1);
    usbip_put32(at + 40, HIGH_SPEED);
    usbip_put16(at + 44, usb_get16(descriptor + 8));
    usbip_put16(at + 46, usb_get16(descriptor + 10));
    usbip_put16(at + 48, usb_get16(descriptor + 12));
    memcpy(at + 50, descriptor + 4, 3); /* class, subclass, protocol */
    at[53] = device->configured;
    at[54] = 1; /* configurations */
    at[55] = device->configuration[4];
    return usbip_answer(usbip, text, sizeof(text));
}

/* Class, subclass and protocol of each interface, from the configuration. */
static bool answer_interfaces(struct usbip *usbip, const struct usb_device *device)
{
    const uint8_t *at = device->configuration, *end = at + usb_get16(at + 2);
    bool room = true;

    for (; at < end && room; at += at[0]) {
        if (at[1] == 4) {
            room = usbip_answer(usbip, (const uint8_t[]){at[5], at[6], at[7], 0}, 4);
        }
    }
    return room;
}

static bool list(struct usbip *usbip)
{
    uint8_t count[4];
    unsigned devices = 0;
    bool room;

    for (unsigned i = 0; i < USBIP_DEVICES; i++) {
        devices += usbip->bus->device[i] != NULL;
    }
    usbip_put32(count, devices);
    room = answer_op(usbip, STATUS_OK) && usbip_answer(usbip, count, sizeof(count));
    for (unsigned i = 0; i < USBIP_DEVICES && room; i++) {
        if (usbip->bus->device[i]) {
            room = answer_device(usbip, i) && answer_interfaces(usbip, usbip->bus->device[i]);
        }
    }
    return room;
}

static bool import(struct usbip *usbip)
{
    char busid[BUSID];

    for (unsigned i = 0; i < USBIP_DEVICES; i++) {
        name_of(busid, i);
        if (!usbip->bus->device[i] || memcmp(busid, usbip->in + OP_HEADER, BUSID)) {
            continue;
        }
        if (usbip->bus->imported & 1u << i) {
            return answer_op(usbip, STATUS_BUSY);
        }
        if (!answer_op(usbip, STATUS_OK) || !answer_device(usbip, i)) {
            return false;
        }
        usbip->bus->imported |= (uint8_t)(1u << i);
        usbip->number = i;
        usbip->device = usbip->bus->device[i];
        return true;
    }
    return answer_op(usbip, STATUS_NO_DEVICE);
}

bool usbip_op(struct usbip *usbip)
{
    return code_of(usbip) == REQ_IMPORT ? import(usbip) : list(usbip);
}
