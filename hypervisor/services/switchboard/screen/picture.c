/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "picture.h"

#define GRID   48u /* points each way */
#define BRIGHT (GRID * GRID / 64)

static bool is_lit(const struct image *image, uint32_t x, uint32_t y)
{
    const uint32_t bytes = image->format == PIXEL_RGB565 ? 2 : 4;
    const uint32_t mask = image->format == PIXEL_RGB565 ? 0xffff : 0xffffff;
    uint32_t pixel = 0;

    memcpy(&pixel, (const uint8_t *)image->pixels + (size_t)y * image->stride + x * bytes, bytes);
    return pixel & mask;
}

bool picture_is_black(const struct image *image)
{
    unsigned lit = 0;

    for (uint32_t i = 0; i < GRID * GRID && lit < BRIGHT; i++) {
        lit += is_lit(image, i % GRID * image->width / GRID, i / GRID * image->height / GRID);
    }
    return lit < BRIGHT;
}
