/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Driver of the board's cameras, docs/board/camera.md: a sensor that is on writes each frame into
 * one of two buffers, while the other one is the user's.
 */
#ifndef DRIVERS_CAMERA_H
#define DRIVERS_CAMERA_H

#include <stdbool.h>
#include <stdint.h>

#include "board.h"

#define CAMERA_SENSORS 2u
enum camera_sensor { CAMERA_FRONT, CAMERA_BACK };

/* Sizes of frames, in pixels of 2 bytes, YUY2. */
enum camera_size { CAMERA_640X480, CAMERA_320X240 };

/*
 * A frame is there; it stays as it is until the next one is kept. True: the user keeps it; false:
 * the user still has the one before, this one is lost.
 */
typedef bool camera_frame_fn(enum camera_sensor sensor, const uint8_t *pixels);

/* False: there are none. frame() comes from the event loop. */
bool camera_part_init(const struct board *board, camera_frame_fn *frame);

/* On: frames of that size, rate of them a second (1 to 30), begin anew; what was kept is void. */
void camera_on(enum camera_sensor sensor, enum camera_size size, unsigned rate);
void camera_off(enum camera_sensor sensor);

#endif
