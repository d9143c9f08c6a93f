/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cameras' test pattern, docs/board/camera.md. */
#ifndef HW_PHONEBOOTH_CAMERA_PATTERN_H
#define HW_PHONEBOOTH_CAMERA_PATTERN_H

#include <stdint.h>

/* A frame of @sensor, YUY2; @width a multiple of 32; @when: ns, where the moving square is. */
void camera_pattern(unsigned sensor, uint8_t *pixels, unsigned width, unsigned height,
                    int64_t when);

#endif
