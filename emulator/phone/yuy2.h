/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Frames of the board's cameras, YUY2 (two pixels in Y0 U Y1 V; BT.601, Y 16..235), made of
 * pictures of any size. A picture of another shape is cut to the frame's, around its middle. Pure.
 */
#ifndef PHONE_YUY2_H
#define PHONE_YUY2_H

#include <stdint.h>

#define YUY2_WIDTH  640u
#define YUY2_HEIGHT 480u
#define YUY2_BYTES  (YUY2_WIDTH * YUY2_HEIGHT * 2u)

/* The largest size, of another shape. */
#define YUY2_WIDE       1280u
#define YUY2_HIGH       720u
#define YUY2_WIDE_BYTES (YUY2_WIDE * YUY2_HIGH * 2u)

/* In pixels; `width` is even. */
struct yuy2_size {
    unsigned width, height;
};

/* Of pixels R, G, B, A in bytes (A is black below 255's share), rows `stride` bytes apart; 1 to
 * 65535 pixels each way. */
void yuy2_of_rgba(uint8_t *frame, struct yuy2_size size, const uint8_t *rgba, unsigned width,
                  unsigned height, unsigned stride);

/* A picture in planes of bytes; U and V have a sample for each 1 << x_shift by 1 << y_shift pixels,
 * rounded up. */
struct yuy2_planes {
    const uint8_t *y, *u, *v;
    unsigned width, height;
    unsigned x_shift, y_shift; /* 0 or 1 */
};

void yuy2_of_planes(uint8_t *frame, struct yuy2_size size, const struct yuy2_planes *planes);

/* Of a frame of another size. */
void yuy2_of_yuy2(uint8_t *frame, struct yuy2_size size, const uint8_t *other,
                  struct yuy2_size other_size);

/* One of YUY2_WIDTH x YUY2_HEIGHT, half as wide and high. */
void yuy2_halve(uint8_t *half, const uint8_t *frame);

void yuy2_black(uint8_t *pixels, unsigned bytes);

#endif
