/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* USB/IP, transfers of an imported device: struct usbip_header_basic and what follows it. */
#include "usbip.h"

#include <string.h>

enum command { CMD_SUBMIT = 1, CMD_UNLINK = 2, RET_SUBMIT = 3, RET_UNLINK = 4 };

enum direction { OUT = 0, IN = 1 };

/* Where fields are in a header. */
#define AT_COMMAND   0u
#define AT_SEQNUM    4u
#define AT_DIRECTION 12u
#define AT_ENDPOINT  16u
#define AT_LENGTH    24u /* of a submit */
#define AT_PACKETS   32u
#define AT_SETUP     40u
#define AT_UNLINK    20u /* seqnum, of an unlink */
#define AT_STATUS    20u /* of both answers */
#define AT_ACTUAL    24u

#define BULK_ENDPOINT 1u
#define TO_HOST       0x80u /* in a setup packet's type */

/* Errors of Linux, as the protocol has them. */
#define E_PIPE      (-32)  /* stalled */
#define E_CONNRESET (-104) /* unlinked */

/* ---- What is to be taken ------------------------------------------------------------------- */

bool usbip_answer(struct usbip *usbip, const void *data, size_t len)
{
    if (len > USBIP_REPLIES - usbip->out_bytes) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        usbip->out[(usbip->out_first + usbip->out_bytes++) % USBIP_REPLIES] =
            ((const uint8_t *)data)[i];
    }
    return true;
}

static void make_header(uint8_t *header, enum command command, uint32_t seqnum, int32_t status,
                        uint32_t actual)
{
    memset(header, 0, USBIP_HEADER);
    usbip_put32(header + AT_COMMAND, command);
    usbip_put32(header + AT_SEQNUM, seqnum);
    usbip_put32(header + AT_STATUS, (uint32_t)status);
    usbip_put32(header + AT_ACTUAL, actual);
}

static bool answer_header(struct usbip *usbip, enum command command, uint32_t seqnum,
                          int32_t status, uint32_t actual)
{
    uint8_t header[USBIP_HEADER];

    make_header(header, command, seqnum, status, actual);
    return usbip_answer(usbip, header, sizeof(header));
}

static bool under_way(const struct usbip *usbip)
{
    return usbip->header_left || usbip->data_left;
}

/* Bytes that the oldest bulk transfer would get now. */
static uint32_t bulk_ready(const struct usbip *usbip)
{
    return usbip->urbs ? usbip->device->ops->ready(usbip->device, usbip->urb[0].len) : 0;
}

bool usbip_has_output(const struct usbip *usbip)
{
    return under_way(usbip) || usbip->out_bytes || bulk_ready(usbip);
}

static void remove_urb(struct usbip *usbip, unsigned i)
{
    usbip->urbs--;
    memmove(&usbip->urb[i], &usbip->urb[i + 1], (usbip->urbs - i) * sizeof(usbip->urb[0]));
}

static size_t take_answers(struct usbip *usbip, uint8_t *to, size_t room)
{
    size_t done = 0;

    for (; done < room && usbip->out_bytes; done++, usbip->out_bytes--) {
        to[done] = usbip->out[usbip->out_first];
        usbip->out_first = (usbip->out_first + 1) % USBIP_REPLIES;
    }
    return done;
}

static void begin_bulk(struct usbip *usbip)
{
    const uint32_t len = bulk_ready(usbip);

    if (len) {
        make_header(usbip->header, RET_SUBMIT, usbip->urb[0].seqnum, 0, len);
        usbip->header_left = USBIP_HEADER;
        usbip->data_left = len;
        usbip->stops = usbip->device->stops;
        remove_urb(usbip, 0);
    }
}

/* What was promised is sent, whatever has become of the device meanwhile. */
static size_t take_bulk(struct usbip *usbip, uint8_t *to, size_t room)
{
    const uint32_t n = room < usbip->header_left ? (uint32_t)room : usbip->header_left;
    const uint32_t data = room - n < usbip->data_left ? (uint32_t)(room - n) : usbip->data_left;

    memcpy(to, usbip->header + USBIP_HEADER - usbip->header_left, n);
    usbip->header_left -= n;
    if (data && usbip->stops == usbip->device->stops) {
        usbip->device->ops->read(usbip->device, to + n, data);
    } else {
        memset(to + n, 0, data);
    }
    usbip->data_left -= data;
    return n + data;
}

size_t usbip_output(struct usbip *usbip, uint8_t *to, size_t room)
{
    size_t done = 0, n;

    do {
        if (!under_way(usbip) && !usbip->out_bytes) {
            begin_bulk(usbip);
        }
        n = under_way(usbip) ? take_bulk(usbip, to + done, room - done)
                             : take_answers(usbip, to + done, room - done);
        done += n;
    } while (n && done < room);
    return done;
}

/* ---- Requests ------------------------------------------------------------------------------ */

/*
 * A request without data goes in direction OUT, whatever its type says: `room` bytes of data are in
 * `in` for that direction only.
 */
static bool control(struct usbip *usbip, uint32_t seqnum, bool to_host, uint32_t room)
{
    const uint8_t *packet = usbip->in + AT_SETUP;
    const struct usb_setup setup = {packet[0], packet[1], usb_get16(packet + 2),
                                    usb_get16(packet + 4), usb_get16(packet + 6)};
    uint8_t data[USB_CONTROL_MAX];
    int len = USB_STALL;

    if (!to_host) {
        memcpy(data, usbip->in + USBIP_HEADER, room);
    }
    if (to_host ? setup.type & TO_HOST : setup.length == room) {
        len = usb_control(usbip->device, &setup, data);
    }
    if (len < 0) {
        return answer_header(usbip, RET_SUBMIT, seqnum, E_PIPE, 0);
    }
    if (!to_host) {
        return answer_header(usbip, RET_SUBMIT, seqnum, 0, room);
    }
    len = (uint32_t)len > room ? (int)room : len;
    return answer_header(usbip, RET_SUBMIT, seqnum, 0, (uint32_t)len) &&
           usbip_answer(usbip, data, (size_t)len);
}

static bool bulk(struct usbip *usbip, uint32_t seqnum, uint32_t len)
{
    if (usbip->urbs == USBIP_URBS) {
        return false;
    }
    if (!usbip->device->configured || !len) {
        return answer_header(usbip, RET_SUBMIT, seqnum, usbip->device->configured ? 0 : E_PIPE, 0);
    }
    usbip->urb[usbip->urbs++] = (struct usbip_urb){seqnum, len};
    usbip->device->ops->wanted(usbip->device);
    return true;
}

static bool submit(struct usbip *usbip)
{
    const uint32_t seqnum = usbip_get32(usbip->in + AT_SEQNUM);
    const uint32_t endpoint = usbip_get32(usbip->in + AT_ENDPOINT);
    const uint32_t len = usbip_get32(usbip->in + AT_LENGTH);
    const bool to_host = usbip_get32(usbip->in + AT_DIRECTION) == IN;

    if (!endpoint) {
        return control(usbip, seqnum, to_host, len);
    }
    if (endpoint == BULK_ENDPOINT && to_host) {
        return bulk(usbip, seqnum, len);
    }
    return answer_header(usbip, RET_SUBMIT, seqnum, E_PIPE, 0);
}

/* One that is on its way or has been answered is not unlinked: status 0. */
static bool unlink_urb(struct usbip *usbip)
{
    const uint32_t victim = usbip_get32(usbip->in + AT_UNLINK);
    int32_t status = 0;

    for (unsigned i = 0; i < usbip->urbs; i++) {
        if (usbip->urb[i].seqnum == victim) {
            remove_urb(usbip, i);
            status = E_CONNRESET;
            break;
        }
    }
    return answer_header(usbip, RET_UNLINK, usbip_get32(usbip->in + AT_SEQNUM), status, 0);
}

/* Bytes of the request whose header is in; 0: none that we take. */
static size_t request_length(const struct usbip *usbip)
{
    const uint32_t command = usbip_get32(usbip->in + AT_COMMAND);
    const uint32_t len = usbip_get32(usbip->in + AT_LENGTH);
    const uint32_t packets = usbip_get32(usbip->in + AT_PACKETS);

    if (command == CMD_UNLINK) {
        return USBIP_HEADER;
    }
    if (command != CMD_SUBMIT || (packets && packets != UINT32_MAX)) {
        return 0; /* no device here has isochronous endpoints */
    }
    if (usbip_get32(usbip->in + AT_DIRECTION) == IN) {
        return USBIP_HEADER;
    }
    return len <= USB_CONTROL_MAX ? USBIP_HEADER + len : 0;
}

/* Bytes that are wanted of the request in `in`; 0: there can be no such request. */
static size_t wanted(const struct usbip *usbip)
{
    if (!usbip->device) {
        return usbip_op_length(usbip);
    }
    return usbip->in_len < USBIP_HEADER ? USBIP_HEADER : request_length(usbip);
}

static bool execute(struct usbip *usbip)
{
    if (!usbip->device) {
        return usbip_op(usbip);
    }
    return usbip_get32(usbip->in + AT_COMMAND) == CMD_UNLINK ? unlink_urb(usbip) : submit(usbip);
}

bool usbip_input(struct usbip *usbip, const uint8_t *data, size_t len)
{
    size_t want, n;

    while (len) {
        want = wanted(usbip);
        if (!want) {
            return false;
        }
        n = want - usbip->in_len < len ? want - usbip->in_len : len;
        memcpy(usbip->in + usbip->in_len, data, n);
        usbip->in_len += n;
        data += n;
        len -= n;
        want = wanted(usbip);
        if (!want) {
            return false;
        }
        if (usbip->in_len == want) {
            if (!execute(usbip)) {
                return false;
            }
            usbip->in_len = 0;
        }
    }
    return true;
}

void usbip_open(struct usbip *usbip, struct usbip_bus *bus)
{
    memset(usbip, 0, sizeof(*usbip));
    usbip->bus = bus;
}

void usbip_close(struct usbip *usbip)
{
    struct usb_device *device = usbip->device;

    usbip->device = NULL;
    usbip->urbs = 0;
    usbip->header_left = usbip->data_left = 0;
    if (device) {
        device->wake = NULL;
        usbip->bus->imported &= (uint8_t) ~(1u << usbip->number);
        usb_reset(device);
    }
}
