/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "layer.h"

#include "el1/memory.h"

struct canvas layer_take(uint32_t width, uint32_t height)
{
    return (struct canvas){memory_take(width * height * 4, 4096), width, height};
}

struct image layer_image(const struct canvas *canvas)
{
    return (struct image){canvas->pixels, canvas->width * 4, canvas->width, canvas->height,
                          PIXEL_XRGB8888};
}
