/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A camera's frame as JPEG, JFIF with 4:2:2, by libjpeg-turbo. No QEMU in it. */
#ifndef HW_PHONEBOOTH_CAMERA_JPEG_H
#define HW_PHONEBOOTH_CAMERA_JPEG_H

#include <stdint.h>

/* What a reader has to have room for, whatever the size: that of 640 x 480 pixels as YUY2. */
#define CAMERA_JPEG_MAX  614400u
#define CAMERA_JPEG_WIDE 1280u

/*
 * @pixels: YUY2, @width up to CAMERA_JPEG_WIDE and a multiple of 16, @height of 8. How many bytes
 * of
 * @to, which has room for CAMERA_JPEG_MAX: a picture that would be larger is coarser.
 */
uint32_t camera_jpeg(uint8_t *to, const uint8_t *pixels, unsigned width, unsigned height);

#endif
