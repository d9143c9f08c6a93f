/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pictures and animations, by SDL_image. */
#include <SDL_image.h>
#include <gio/gio.h>
#include <string.h>

#include "phone/scene_private.h"

#define NS_PER_MS   1000000
#define DELAY_MS    100 /* of a frame of an animation that names none, as browsers have it */
#define DELAY_LEAST 20

struct picture {
    struct scene scene;
    unsigned frames;
    uint8_t *frame[SCENE_FRAMES_MAX]; /* YUY2_BYTES each */
    uint8_t *wide;                    /* of a still picture, YUY2_WIDE_BYTES */
    int64_t end[SCENE_FRAMES_MAX];    /* ns from the first frame on */
};

static void show(struct scene *scene, int64_t when)
{
    static const struct yuy2_size size = {YUY2_WIDTH, YUY2_HEIGHT};
    const struct picture *picture = (const struct picture *)scene;
    const int64_t at = when % picture->end[picture->frames - 1];
    unsigned i = 0;

    while (i < picture->frames - 1 && at >= picture->end[i]) {
        i++;
    }
    if (scene->size.width == YUY2_WIDTH) {
        memcpy(scene->frame, picture->frame[i], YUY2_BYTES);
    } else if (picture->frames == 1) {
        memcpy(scene->frame, picture->wide, YUY2_WIDE_BYTES);
    } else { /* memory for so many frames twice would be too much */
        yuy2_of_yuy2(scene->frame, scene->size, picture->frame[i], size);
    }
}

static void free_picture(struct scene *scene)
{
    struct picture *picture = (struct picture *)scene;

    for (unsigned i = 0; i < picture->frames; i++) {
        g_free(picture->frame[i]);
    }
    g_free(picture->wide);
}

static const struct scene_ops picture_ops = {show, NULL, free_picture};

static uint8_t *frame_of(const SDL_Surface *rgba, struct yuy2_size size)
{
    uint8_t *frame = g_malloc(2ul * size.width * size.height);

    yuy2_of_rgba(frame, size, rgba->pixels, (unsigned)rgba->w, (unsigned)rgba->h,
                 (unsigned)rgba->pitch);
    return frame;
}

/* FALSE: there was no memory. */
static gboolean add(struct picture *picture, SDL_Surface *surface, int delay_ms)
{
    const unsigned n = picture->frames;
    SDL_Surface *rgba = SDL_ConvertSurfaceFormat(surface, SDL_PIXELFORMAT_RGBA32, 0);

    if (!rgba) {
        return FALSE;
    }
    picture->frame[n] = frame_of(rgba, (struct yuy2_size){YUY2_WIDTH, YUY2_HEIGHT});
    picture->wide = n ? picture->wide : frame_of(rgba, (struct yuy2_size){YUY2_WIDE, YUY2_HIGH});
    picture->end[n] = (n ? picture->end[n - 1] : 0) + (int64_t)delay_ms * NS_PER_MS;
    picture->frames++;
    SDL_FreeSurface(rgba);
    return TRUE;
}

static gboolean add_all(struct picture *picture, const IMG_Animation *animation)
{
    for (int i = 0; i < animation->count; i++) {
        const int delay = animation->delays[i];

        if (!add(picture, animation->frames[i], delay < DELAY_LEAST ? DELAY_MS : delay)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* What is no animation, or one that SDL_image does not know as such, is a picture. */
static gboolean load(struct picture *picture, const char *file, GError **error)
{
    SDL_Surface *surface = NULL;
    IMG_Animation *animation = IMG_LoadAnimation(file);
    gboolean loaded = FALSE;

    if (animation && animation->count > (int)SCENE_FRAMES_MAX) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                    "%s: %d pictures, at most %u; a longer one can be a .y4m", file,
                    animation->count, SCENE_FRAMES_MAX);
    } else if (animation && animation->count > 0) {
        loaded = add_all(picture, animation);
    } else if ((surface = IMG_Load(file)) != NULL) {
        loaded = add(picture, surface, DELAY_MS);
    }
    if (!loaded && error && !*error) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: no picture: %s", file,
                    SDL_GetError());
    }
    SDL_FreeSurface(surface);
    if (animation) {
        IMG_FreeAnimation(animation);
    }
    return loaded;
}

struct scene *scene_open_picture(const char *file, GError **error)
{
    struct picture *picture = g_new0(struct picture, 1);

    picture->scene.ops = &picture_ops;
    if (!load(picture, file, error)) {
        free_picture(&picture->scene);
        g_clear_pointer(&picture, g_free);
    }
    return (struct scene *)picture;
}
