/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A camera: USB Device Class Definition for Video Devices, 1.1. Two formats by a bulk endpoint,
 * YUY2 and MJPEG, in the sizes of uvc_size[]; no controls. Who is behind it gives whole frames and
 * leaves them unchanged while they are sent.
 */
#ifndef USB_UVC_H
#define USB_UVC_H

#include "device.h"

enum uvc_format { UVC_YUY2, UVC_JPEG, UVC_FORMATS };

#define UVC_SIZES      3u
#define UVC_YUY2_SIZES 2u /* the first ones: the largest is JPEG's only */
#define UVC_INTERVALS  4u
#define UVC_PIXEL      2u /* bytes, YUY2 */
#define UVC_WIDTH      640u
#define UVC_HEIGHT     480u
#define UVC_FRAME_MAX  (UVC_WIDTH * UVC_HEIGHT * UVC_PIXEL) /* of any format */

struct uvc_size {
    uint16_t width, height;
};
extern const struct uvc_size uvc_size[UVC_SIZES];

/* What host and device have agreed upon. */
struct uvc_setting {
    uint8_t format;
    uint8_t size;      /* index of uvc_size */
    uint32_t interval; /* between frames, in 100 ns */
};

struct uvc {
    struct usb_device device;
    struct uvc_setting probe, commit;
    bool committed; /* the host may fetch frames; */
    bool streams;   /* it has begun to */
    bool sending;
    bool cut;                         /* what is being sent was taken back */
    const uint8_t *frame;             /* being sent; NULL: black */
    uint32_t bytes;                   /* of it */
    uint32_t at;                      /* bytes that were sent of it */
    uint32_t in_payload;              /* bytes that were sent of the payload, its header's too */
    uint8_t toggle;                   /* FID of 2.4.3.3 */
    void (*changed)(struct uvc *uvc); /* uvc->streams, or the setting, is another one */
};

/* Not streaming; name: what users see, ASCII; serial: tells it from others. All three stay. */
void uvc_init(struct uvc *uvc, const char *name, const char *serial,
              void (*changed)(struct uvc *uvc));

/* A frame of the size that was agreed upon is being sent. */
static inline bool uvc_busy(const struct uvc *uvc)
{
    return uvc->sending;
}

/*
 * The next frame; NULL: a black one. Ignored while it does not stream or another one is being sent.
 * bytes: of JPEG, 1 to UVC_FRAME_MAX; YUY2's follow from its size. Its memory stays as it is until
 * uvc_busy() is false, or uvc_blank().
 */
void uvc_frame(struct uvc *uvc, const uint8_t *data, uint32_t bytes);

/* The frame's memory is wanted back: the rest of it is black, of JPEG nothing. */
void uvc_blank(struct uvc *uvc);

/* ---- Black frames (uvc_black.c) ------------------------------------------------------------ */

/* How many bytes one has, and n bytes of it from byte `at` on. */
uint32_t uvc_black_bytes(const struct uvc_setting *setting);
void uvc_black(const struct uvc_setting *setting, uint32_t at, uint8_t *to, uint32_t n);

/* ---- Descriptors (uvc_descriptors.c) ------------------------------------------------------- */

/* The shortest first; YUY2 begins with the second one. */
extern const uint32_t uvc_interval[UVC_INTERVALS];
extern const uint8_t uvc_device_descriptor[USB_DEVICE_BYTES];
extern const uint8_t uvc_configuration[];

#endif
