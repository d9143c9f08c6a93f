/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "picture.h"
#include "port.h"

#include "screen/compositor.h"
#include "vm/vms.h"

const char *picture_request(const struct line_request *request)
{
    const struct vm *vm = vms_find(request->word[1]);
    const struct image *image;

    if (!vm || vm->kind != PB_KIND_PERSONA) {
        return "no such persona";
    }
    image = compositor_picture(vm);
    if (!image) {
        return "bad-state: this persona shows nothing yet";
    }
    port_send("%u ok address=%llu width=%u height=%u stride=%u format=%s", (unsigned)request->id,
              (unsigned long long)(uintptr_t)image->pixels, (unsigned)image->width,
              (unsigned)image->height, (unsigned)image->stride,
              image->format == PIXEL_RGB565 ? "rgb565" : "xrgb8888");
    return NULL;
}
