/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/yuy2.h"

#include <string.h>

#define BLACK_Y  16
#define BLACK_UV 128

/* The part of a picture that a frame shows, in its pixels. */
struct cut {
    unsigned x, y, width, height;
};

static struct cut cut_of(struct yuy2_size size, unsigned width, unsigned height)
{
    struct cut cut = {0, 0, width, height};

    if ((uint64_t)width * size.height > (uint64_t)height * size.width) {
        cut.width = height * size.width / size.height;
    } else {
        cut.height = width * size.height / size.width;
    }
    cut.width += !cut.width;
    cut.height += !cut.height;
    cut.x = (width - cut.width) / 2;
    cut.y = (height - cut.height) / 2;
    return cut;
}

/* Pixels from..to-1 of a line of `length` that begins at `start`, for place n of `places`. */
static void span(unsigned start, unsigned length, unsigned n, unsigned places, unsigned *from,
                 unsigned *to)
{
    *from = start + (unsigned)((uint64_t)n * length / places);
    *to = start + (unsigned)((uint64_t)(n + 1) * length / places);
    *to += *to == *from;
}

/* ---- RGB ------------------------------------------------------------------------------------- */

struct rgb {
    unsigned r, g, b;
};

/* The mean of the pixels that one of the frame stands for. */
static struct rgb mean(const uint8_t *rgba, unsigned stride, const struct cut *cut,
                       struct yuy2_size size, unsigned x, unsigned y)
{
    unsigned x0, x1, y0, y1;
    uint64_t r = 0, g = 0, b = 0, n;

    span(cut->x, cut->width, x, size.width, &x0, &x1);
    span(cut->y, cut->height, y, size.height, &y0, &y1);
    n = (uint64_t)(x1 - x0) * (y1 - y0);
    for (unsigned row = y0; row < y1; row++) {
        const uint8_t *pixel = rgba + (uint64_t)row * stride + 4 * x0;

        for (unsigned i = x0; i < x1; i++, pixel += 4) {
            r += pixel[0] * pixel[3] / 255u;
            g += pixel[1] * pixel[3] / 255u;
            b += pixel[2] * pixel[3] / 255u;
        }
    }
    return (struct rgb){(unsigned)(r / n), (unsigned)(g / n), (unsigned)(b / n)};
}

/* ITU-R BT.601 in 8 bits. */
static uint8_t luma(struct rgb c)
{
    return (uint8_t)((66 * c.r + 129 * c.g + 25 * c.b + 128) / 256 + BLACK_Y);
}

/* Of two pixels. */
static uint8_t blue_difference(struct rgb c, struct rgb d)
{
    const int sum = 112 * (int)(c.b + d.b) - 74 * (int)(c.g + d.g) - 38 * (int)(c.r + d.r);

    return (uint8_t)((sum + 512 * BLACK_UV + 256) / 512);
}

static uint8_t red_difference(struct rgb c, struct rgb d)
{
    const int sum = 112 * (int)(c.r + d.r) - 94 * (int)(c.g + d.g) - 18 * (int)(c.b + d.b);

    return (uint8_t)((sum + 512 * BLACK_UV + 256) / 512);
}

void yuy2_of_rgba(uint8_t *frame, struct yuy2_size size, const uint8_t *rgba, unsigned width,
                  unsigned height, unsigned stride)
{
    const struct cut cut = cut_of(size, width, height);

    for (unsigned y = 0; y < size.height; y++) {
        for (unsigned x = 0; x < size.width; x += 2, frame += 4) {
            const struct rgb left = mean(rgba, stride, &cut, size, x, y),
                             right = mean(rgba, stride, &cut, size, x + 1, y);

            frame[0] = luma(left);
            frame[1] = blue_difference(left, right);
            frame[2] = luma(right);
            frame[3] = red_difference(left, right);
        }
    }
}

/* ---- Planes ---------------------------------------------------------------------------------- */

/* The pixel that is nearest to one of the frame. */
static unsigned near(unsigned start, unsigned length, unsigned n, unsigned places)
{
    return start + (unsigned)((2ull * n + 1) * length / (2ull * places));
}

void yuy2_of_planes(uint8_t *frame, struct yuy2_size size, const struct yuy2_planes *p)
{
    const struct cut cut = cut_of(size, p->width, p->height);
    const unsigned chroma_width = (p->width + (1u << p->x_shift) - 1) >> p->x_shift;

    for (unsigned y = 0; y < size.height; y++) {
        const unsigned row = near(cut.y, cut.height, y, size.height);
        const uint8_t *luma_row = p->y + (uint64_t)row * p->width;
        const uint64_t chroma_row = (uint64_t)(row >> p->y_shift) * chroma_width;

        for (unsigned x = 0; x < size.width; x += 2, frame += 4) {
            const unsigned left = near(cut.x, cut.width, x, size.width);
            const uint64_t chroma = chroma_row + (left >> p->x_shift);

            frame[0] = luma_row[left];
            frame[1] = p->u[chroma];
            frame[2] = luma_row[near(cut.x, cut.width, x + 1, size.width)];
            frame[3] = p->v[chroma];
        }
    }
}

/* ---- YUY2 ------------------------------------------------------------------------------------ */

void yuy2_of_yuy2(uint8_t *frame, struct yuy2_size size, const uint8_t *other,
                  struct yuy2_size other_size)
{
    const struct cut cut = cut_of(size, other_size.width, other_size.height);

    if (size.width == other_size.width && size.height == other_size.height) {
        memcpy(frame, other, 2ul * size.width * size.height);
        return;
    }
    for (unsigned y = 0; y < size.height; y++) {
        const uint8_t *row =
            other + 2ull * other_size.width * near(cut.y, cut.height, y, size.height);

        for (unsigned x = 0; x < size.width; x += 2, frame += 4) {
            const unsigned left = near(cut.x, cut.width, x, size.width);
            const uint8_t *pair = row + 4 * (left / 2);

            frame[0] = row[2 * left];
            frame[1] = pair[1];
            frame[2] = row[2 * near(cut.x, cut.width, x + 1, size.width)];
            frame[3] = pair[3];
        }
    }
}

/* Two pairs of pixels, in two rows, become a pair. */
void yuy2_halve(uint8_t *half, const uint8_t *frame)
{
    const unsigned row = 2 * YUY2_WIDTH;

    for (unsigned y = 0; y < YUY2_HEIGHT / 2; y++, frame += row) {
        for (unsigned x = 0; x < YUY2_WIDTH / 4; x++, frame += 8, half += 4) {
            const uint8_t *below = frame + row;

            half[0] = (uint8_t)((frame[0] + frame[2] + below[0] + below[2] + 2) / 4);
            half[1] = (uint8_t)((frame[1] + frame[5] + below[1] + below[5] + 2) / 4);
            half[2] = (uint8_t)((frame[4] + frame[6] + below[4] + below[6] + 2) / 4);
            half[3] = (uint8_t)((frame[3] + frame[7] + below[3] + below[7] + 2) / 4);
        }
    }
}

void yuy2_black(uint8_t *pixels, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++) {
        pixels[i] = i & 1 ? BLACK_UV : BLACK_Y;
    }
}
