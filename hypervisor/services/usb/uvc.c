/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Camera: UVC 1.1, negotiation (4.3.1.1) and payloads (2.4.3). */
#include "uvc.h"

#include <string.h>

enum request {
    SET_CUR = 0x01,
    GET_CUR = 0x81,
    GET_MIN = 0x82,
    GET_MAX = 0x83,
    GET_RES = 0x84,
    GET_LEN = 0x85,
    GET_INFO = 0x86,
    GET_DEF = 0x87,
};

enum selector { VS_PROBE = 1, VS_COMMIT = 2 };

#define INTERFACE_STREAM 1u
#define TO_INTERFACE     0x21u /* bmRequestType without its direction */

#define SETTING_BYTES 34u /* table 4-75 */
#define SETTING_LEAST 8u  /* up to the interval, all that we read */

#define PAYLOAD_MAX  16384u /* 32 packets: what Linux's driver fetches at a time */
#define HEADER_BYTES 2u
#define HEADER_EOF   0x02u
#define HEADER_EOH   0x80u
#define JPEG_END     0xd9u /* after 0xff */

/* At most. */
static uint32_t frame_bytes(const struct uvc_setting *setting)
{
    return setting->format == UVC_JPEG ? UVC_FRAME_MAX
                                       : (uint32_t)uvc_size[setting->size].width *
                                             uvc_size[setting->size].height * UVC_PIXEL;
}

static uint32_t shortest(uint8_t format)
{
    return uvc_interval[format == UVC_JPEG ? 0 : 1];
}

/* ---- Negotiation --------------------------------------------------------------------------- */

static void put32(uint8_t *to, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++) {
        to[i] = (uint8_t)(value >> 8 * i);
    }
}

static uint32_t get32(const uint8_t *from)
{
    return (uint32_t)usb_get16(from) | (uint32_t)usb_get16(from + 2) << 16;
}

static int put_setting(const struct uvc_setting *setting, uint8_t *data)
{
    memset(data, 0, SETTING_BYTES);
    data[0] = 1; /* the interval is kept */
    data[2] = (uint8_t)(setting->format + 1);
    data[3] = (uint8_t)(setting->size + 1);
    put32(data + 4, setting->interval);
    put32(data + 18, frame_bytes(setting));
    put32(data + 22, PAYLOAD_MAX);
    put32(data + 26, 10000000u);
    return SETTING_BYTES;
}

/* What the host asks for, or the nearest that there is: the next slower rate. */
static struct uvc_setting nearest(const uint8_t *data)
{
    const uint8_t format = data[2] == UVC_JPEG + 1 ? UVC_JPEG : UVC_YUY2;
    const uint8_t sizes = format == UVC_JPEG ? UVC_SIZES : UVC_YUY2_SIZES;
    const uint8_t size = data[3] && data[3] <= sizes ? (uint8_t)(data[3] - 1) : 0;
    const uint32_t wanted = get32(data + 4);
    unsigned i = format == UVC_JPEG ? 0 : 1;

    while (i < UVC_INTERVALS - 1 && uvc_interval[i] < wanted) {
        i++;
    }
    return (struct uvc_setting){format, size, uvc_interval[i]};
}

static int set_setting(struct uvc *uvc, const struct usb_setup *setup, const uint8_t *data)
{
    const struct uvc_setting setting = nearest(data);

    if (setup->length < SETTING_LEAST) {
        return USB_STALL;
    }
    uvc->probe = setting;
    if (setup->value >> 8 == VS_COMMIT) {
        usb_stop(&uvc->device);
        uvc->commit = setting;
        uvc->committed = true;
    }
    return 0;
}

static int get_setting(const struct uvc *uvc, const struct usb_setup *setup, uint8_t *data)
{
    struct uvc_setting setting =
        setup->value >> 8 == VS_COMMIT && uvc->committed ? uvc->commit : uvc->probe;

    switch (setup->request) {
    case GET_CUR:
        break;
    case GET_MIN:
        setting.interval = shortest(setting.format);
        break;
    case GET_MAX:
        setting.interval = uvc_interval[UVC_INTERVALS - 1];
        break;
    case GET_DEF:
        setting = (struct uvc_setting){UVC_YUY2, 0, shortest(UVC_YUY2)};
        break;
    default:
        return USB_STALL;
    }
    return put_setting(&setting, data);
}

static int request(struct usb_device *dev, const struct usb_setup *setup, uint8_t *data)
{
    struct uvc *uvc = (struct uvc *)dev;
    const unsigned selector = setup->value >> 8;

    if ((setup->type & 0x7fu) != TO_INTERFACE || setup->index != INTERFACE_STREAM ||
        (selector != VS_PROBE && selector != VS_COMMIT)) {
        return USB_STALL;
    }
    switch (setup->request) {
    case SET_CUR:
        return setup->type & 0x80u ? USB_STALL : set_setting(uvc, setup, data);
    case GET_LEN:
        data[0] = SETTING_BYTES;
        data[1] = 0;
        return 2;
    case GET_INFO:
        data[0] = 3; /* GET and SET */
        return 1;
    default:
        return get_setting(uvc, setup, data);
    }
}

/* ---- The stream ---------------------------------------------------------------------------- */

static void set_streams(struct uvc *uvc, bool streams)
{
    if (uvc->streams != streams) {
        uvc->streams = streams;
        uvc->changed(uvc);
    }
}

static void stop(struct usb_device *dev)
{
    struct uvc *uvc = (struct uvc *)dev;

    uvc->committed = uvc->sending = uvc->cut = false;
    uvc->frame = NULL;
    uvc->bytes = uvc->at = uvc->in_payload = 0;
    uvc->toggle = 0;
    set_streams(uvc, false);
}

static void wanted(struct usb_device *dev)
{
    struct uvc *uvc = (struct uvc *)dev;

    if (uvc->committed) {
        set_streams(uvc, true);
    }
}

/* Bytes of the payload that is being sent which are still to come. */
static uint32_t payload_left(const struct uvc *uvc)
{
    const uint32_t data = uvc->bytes - uvc->at;
    const uint32_t header = uvc->in_payload < HEADER_BYTES ? HEADER_BYTES - uvc->in_payload : 0;
    const uint32_t room = PAYLOAD_MAX - uvc->in_payload;

    return header + data < room ? header + data : room;
}

/* A transfer has one payload at most. */
static uint32_t ready(const struct usb_device *dev, uint32_t len)
{
    const struct uvc *uvc = (const struct uvc *)dev;

    if (!uvc->sending) {
        return 0;
    }
    return payload_left(uvc) < len ? payload_left(uvc) : len;
}

static uint32_t put_header(struct uvc *uvc, uint8_t *to, uint32_t len)
{
    const bool last = uvc->bytes - uvc->at <= PAYLOAD_MAX - HEADER_BYTES;
    const uint8_t header[HEADER_BYTES] = {
        HEADER_BYTES, (uint8_t)(HEADER_EOH | (last ? HEADER_EOF : 0) | uvc->toggle)};
    uint32_t done = 0;

    while (done < len && uvc->in_payload < HEADER_BYTES) {
        to[done++] = header[uvc->in_payload++];
    }
    return done;
}

/* What a picture says after its end is not looked at, and one without an end is none. */
static void put_cut_jpeg(const struct uvc *uvc, uint8_t *to, uint32_t len)
{
    memset(to, 0, len);
    for (uint32_t i = 0; i < len; i++) {
        if (uvc->at + i + 2 == uvc->bytes) {
            to[i] = 0xff;
        } else if (uvc->at + i + 1 == uvc->bytes) {
            to[i] = JPEG_END;
        }
    }
}

static void put_data(struct uvc *uvc, uint8_t *to, uint32_t len)
{
    if (uvc->frame) {
        memcpy(to, uvc->frame + uvc->at, len);
    } else if (uvc->cut && uvc->commit.format == UVC_JPEG) {
        put_cut_jpeg(uvc, to, len);
    } else {
        uvc_black(&uvc->commit, uvc->at, to, len);
    }
    uvc->at += len;
    uvc->in_payload += len;
}

static void end_payload(struct uvc *uvc)
{
    uvc->in_payload = 0;
    if (uvc->at == uvc->bytes) {
        uvc->bytes = uvc->at = 0;
        uvc->sending = uvc->cut = false;
        uvc->frame = NULL;
        uvc->toggle ^= 1;
    }
}

/* What ready() said, or a part of it: never beyond the payload. */
static void read(struct usb_device *dev, uint8_t *to, uint32_t len)
{
    struct uvc *uvc = (struct uvc *)dev;
    const uint32_t left = payload_left(uvc);
    const uint32_t header = put_header(uvc, to, len);

    put_data(uvc, to + header, len - header);
    if (len == left) {
        end_payload(uvc);
    }
}

void uvc_frame(struct uvc *uvc, const uint8_t *data, uint32_t bytes)
{
    if (uvc->streams && !uvc->sending) {
        uvc->sending = true;
        uvc->frame = data;
        uvc->bytes = !data                            ? uvc_black_bytes(&uvc->commit)
                     : uvc->commit.format == UVC_JPEG ? bytes
                                                      : frame_bytes(&uvc->commit);
        if (uvc->device.wake) {
            uvc->device.wake(&uvc->device);
        }
    }
}

void uvc_blank(struct uvc *uvc)
{
    uvc->cut = uvc->cut || uvc->frame;
    uvc->frame = NULL;
}

static const struct usb_ops uvc_ops = {request, stop, wanted, ready, read};

void uvc_init(struct uvc *uvc, const char *name, const char *serial,
              void (*changed)(struct uvc *uvc))
{
    *uvc = (struct uvc){
        .device = {.ops = &uvc_ops,
                   .descriptor = uvc_device_descriptor,
                   .configuration = uvc_configuration,
                   .string = {"Phonebooth", name, serial}},
        .probe = {UVC_YUY2, 0, shortest(UVC_YUY2)},
        .changed = changed,
    };
}
