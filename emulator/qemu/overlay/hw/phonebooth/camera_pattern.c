/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Test pattern: the eight bars of 75 % (ITU-R BT.601), below them a ramp of grey and a square that
 * moves through it once in four seconds. No QEMU. */
#include <stdbool.h>

#include "camera_pattern.h"

#define BARS       8u
#define BLACK      16u
#define WHITE      235u
#define GREY       128u
#define TURN_NS    4000000000ll
#define RAMP(y, h) ((y) >= (h) / 4u * 3u)
#define SQUARE(h)  ((h) / 8u)
#define ABOVE(h)   ((h) / 16u) /* it, in the ramp */

struct colour {
    uint8_t y, u, v;
};

static const struct colour bars[BARS] = {
    {180, 128, 128}, {162, 44, 142}, {131, 156, 44}, {112, 72, 58},
    {84, 184, 198},  {65, 100, 212}, {35, 212, 114}, {16, 128, 128},
};

/* The back camera's bars are the other way round, so that nobody takes one for the other. */
static struct colour bar_at(unsigned sensor, unsigned x, unsigned width)
{
    const unsigned n = x / (width / BARS);

    return bars[sensor ? BARS - 1 - n : n];
}

static struct colour ramp_at(unsigned x, unsigned width)
{
    const unsigned luma = BLACK + (WHITE - BLACK) * x / width;

    return (struct colour){(uint8_t)luma, GREY, GREY};
}

static bool in_square(unsigned x, unsigned y, unsigned height, unsigned left)
{
    const unsigned top = height / 4 * 3 + ABOVE(height);

    return x >= left && x < left + SQUARE(height) && y >= top && y < top + SQUARE(height);
}

void camera_pattern(unsigned sensor, uint8_t *pixels, unsigned width, unsigned height, int64_t when)
{
    const unsigned way = width - SQUARE(height);
    const unsigned left = (unsigned)(when % TURN_NS * way / TURN_NS) & ~1u;

    for (unsigned y = 0; y < height; y++) {
        for (unsigned x = 0; x < width; x += 2, pixels += 4) {
            struct colour colour = RAMP(y, height) ? ramp_at(x, width) : bar_at(sensor, x, width);

            if (in_square(x, y, height, left)) {
                colour = (struct colour){WHITE, GREY, GREY};
            }
            pixels[0] = pixels[2] = colour.y;
            pixels[1] = colour.u;
            pixels[3] = colour.v;
        }
    }
}
