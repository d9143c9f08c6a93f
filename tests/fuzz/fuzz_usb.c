/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * libFuzzer target: the input is what a hostile guest sends to its USB. Each piece begins with a
 * byte that says how long it is, and what happens afterwards: a frame comes, answers are taken, the
 * connection begins anew.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "usb/usbip.h"
#include "usb/uvc.h"

#define LENGTH 0x3fu /* in that byte, in units of 8 bytes */
#define FRAME  0x40u
#define TAKE   0x80u

static struct uvc camera;
static struct usbip_bus bus;
static struct usbip host;

static void changed(struct uvc *uvc)
{
    (void)uvc;
}

static void take(size_t room)
{
    static uint8_t to[UVC_FRAME_MAX];

    if (usbip_output(&host, to, room) > room) {
        abort();
    }
    if (room == sizeof(to) && !camera.sending && host.out_bytes) {
        abort(); /* all can be taken */
    }
}

static void import(void)
{
    static const uint8_t request[40] = {1, 0x11, 0x80, 3, 0, 0, 0, 0, '1', '-', '1'};

    usbip_open(&host, &bus);
    if (!usbip_input(&host, request, sizeof(request)) || !host.device) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t pixels[UVC_FRAME_MAX];

    uvc_init(&camera, "Camera", "0", changed);
    bus = (struct usbip_bus){.device = {&camera.device}};
    usbip_open(&host, &bus);
    while (size) {
        const uint8_t what = *data++;
        const size_t wanted = (what & LENGTH) * 8u, len = wanted < --size ? wanted : size;

        if (!len || !usbip_input(&host, data, len)) {
            usbip_close(&host);
            import();
        }
        data += len;
        size -= len;
        if (what & FRAME) {
            uvc_frame(&camera, what & TAKE ? pixels : NULL, 1 + what * 1000u);
        }
        take(what & TAKE ? UVC_FRAME_MAX : what);
    }
    usbip_close(&host);
    return 0;
}
