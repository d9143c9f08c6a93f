/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kinds of scenes, to scene.c: each embeds struct scene as its first member. */
#ifndef PHONE_SCENE_PRIVATE_H
#define PHONE_SCENE_PRIVATE_H

#include <stdbool.h>

#include "phone/scene.h"
#include "phone/yuy2.h"

struct scene_ops {
    /* Puts the frame of that moment into scene->frame, which holds the one before: black, at first
     * and after a change of scene->size. */
    void (*frame)(struct scene *scene, int64_t when);
    void (*rest)(struct scene *scene); /* may be NULL */
    void (*free)(struct scene *scene); /* all but frame */
};

struct scene {
    const struct scene_ops *ops;
    struct yuy2_size size; /* 640 x 480 or YUY2_WIDE x YUY2_HIGH */
    bool fresh;            /* the frame is black, whatever was shown before */
    uint8_t *frame;        /* the last one; room for YUY2_WIDE_BYTES */
};

/* Each: NULL and *error, if the file is of its kind but cannot be used; NULL alone: it is of
 * another kind. */
struct scene *scene_open_y4m(const char *file, GError **error);
struct scene *scene_open_device(const char *file, GError **error);
/* The last one that is asked: NULL and *error. */
struct scene *scene_open_picture(const char *file, GError **error);

#endif
