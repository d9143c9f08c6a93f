/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a camera of the board looks at: a picture, an animation or a video of this computer, or
 * nothing. */
#ifndef PHONE_SCENE_H
#define PHONE_SCENE_H

#include <glib.h>
#include <stdint.h>

#define SCENE_FRAMES_MAX 100u /* of an animation */

struct scene;

/*
 * Pictures and animations that SDL_image reads (PNG, JPEG, GIF, ...), YUV4MPEG2 videos (.y4m) and
 * video devices (V4L2). NULL: one line that says what is wrong.
 */
struct scene *scene_open(const char *file, GError **error);

/* It is dark. */
struct scene *scene_dark(void);

/* A frame of YUY2_WIDE x YUY2_HIGH, 640 x 480 or 320 x 240 pixels, YUY2, as it is `when` ns of some
 * clock; videos begin anew at their end. A file that cannot be read any more shows what it showed
 * last. */
void scene_fill(void *scene, uint8_t *pixels, unsigned width, unsigned height, int64_t when);

/* Nobody looks for now: a video device is let go of until scene_fill(). */
void scene_rest(struct scene *scene);

/* NULL does nothing. */
void scene_free(struct scene *scene);

#endif
