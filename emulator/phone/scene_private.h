/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kinds of scenes, to scene.c: each embeds struct scene as its first member. */
#ifndef PHONE_SCENE_PRIVATE_H
#define PHONE_SCENE_PRIVATE_H

#include "phone/scene.h"
#include "phone/yuy2.h"

struct scene_ops {
    /* Puts the frame of that moment into frame, YUY2_BYTES, which holds the one before. */
    void (*frame)(struct scene *scene, uint8_t *frame, int64_t when);
    void (*rest)(struct scene *scene); /* may be NULL */
    void (*free)(struct scene *scene); /* all but frame */
};

struct scene {
    const struct scene_ops *ops;
    uint8_t *frame; /* the last one, YUY2_BYTES */
};

/* Each: NULL and *error, if the file is of its kind but cannot be used; NULL alone: it is of
 * another kind. */
struct scene *scene_open_y4m(const char *file, GError **error);
struct scene *scene_open_device(const char *file, GError **error);
/* The last one that is asked: NULL and *error. */
struct scene *scene_open_picture(const char *file, GError **error);

#endif
