/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the host lets the board's cameras see. */
#ifndef HW_PHONEBOOTH_CAMERA_HOST_H
#define HW_PHONEBOOTH_CAMERA_HOST_H

#include <stdint.h>

#define CAMERA_SENSORS   2 /* front, back */
#define CAMERA_WIDTH_MAX 1280
#define CAMERA_BYTES_MAX (CAMERA_WIDTH_MAX * 720u * 2)

/*
 * Fills a frame of @width x @height pixels, YUY2, row by row without gaps; @when: ns of the
 * machine's time. With the machine's lock held; it must not block.
 */
typedef void CameraScene(void *opaque, uint8_t *pixels, unsigned width, unsigned height,
                         int64_t when);

/* What @sensor sees from its next frame on; NULL: the test pattern, as at first. With the machine's
 * lock held. */
void camera_host_scene(unsigned sensor, CameraScene *scene, void *opaque);

#endif
