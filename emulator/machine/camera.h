/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The board's cameras, docs/board/camera.md. No QEMU types in this header. Machine's thread. */
#ifndef MACHINE_CAMERA_H
#define MACHINE_CAMERA_H

#include <stdbool.h>
#include <stdint.h>

enum camera_id { CAMERA_FRONT, CAMERA_BACK, CAMERAS };

/* Whether each is on: a persona looks through it. False: the board has none. */
bool camera_read(bool on[CAMERAS]);

/* A frame of width x height pixels, YUY2, at `when` ns of the machine's time. */
typedef void camera_fill_fn(void *opaque, uint8_t *pixels, unsigned width, unsigned height,
                            int64_t when);

/* What a camera sees from now on; NULL: the test pattern. The one before is not asked any more. */
void camera_look(enum camera_id camera, camera_fill_fn *fill, void *opaque);

#endif
