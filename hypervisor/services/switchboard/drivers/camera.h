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

enum camera_size { CAMERA_640X480, CAMERA_320X240, CAMERA_1280X720 };
enum camera_format { CAMERA_YUY2, CAMERA_JPEG };

/* What a frame has at most: YUY2 of 640 x 480 pixels, or JPEG of any size. */
#define CAMERA_FRAME_MAX (640u * 480u * 2u)

struct camera_mode {
    enum camera_size size; /* as YUY2 not the largest */
    enum camera_format format;
    unsigned rate; /* frames a second, 1 to 30 */
};

/*
 * A frame is there; it stays as it is until the next one is kept. True: the user keeps it; false:
 * the user still has the one before, this one is lost.
 */
typedef bool camera_frame_fn(enum camera_sensor sensor, const uint8_t *data, uint32_t bytes);

/* False: there are none. frame() comes from the event loop. */
bool camera_part_init(const struct board *board, camera_frame_fn *frame);

/* On: frames of that kind begin anew; what was kept is void. */
void camera_on(enum camera_sensor sensor, const struct camera_mode *mode);
void camera_off(enum camera_sensor sensor);

#endif
