/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Pixels in memory. */
#ifndef EL1_IMAGE_H
#define EL1_IMAGE_H

#include <stdint.h>

enum pixel_format { PIXEL_XRGB8888, PIXEL_ARGB8888 /* premultiplied */, PIXEL_RGB565 };

/* Pixels in memory: little endian words, so XRGB8888 is B G R X in bytes. */
struct image {
    const void *pixels;
    uint32_t stride; /* bytes */
    uint32_t width, height;
    enum pixel_format format;
};

struct rect {
    uint32_t x, y, width, height;
};

#endif
