/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "frontends/skin_shot.h"

#include <SDL_image.h>
#include <gio/gio.h>
#include <math.h>

#include "frontends/skin.h"

static SDL_Surface *load(const char *file, int width, int height, GError **error)
{
    SDL_RWops *in = SDL_RWFromFile(file, "rb");
    SDL_Surface *loaded = in ? IMG_LoadSizedSVG_RW(in, width, height) : NULL;
    SDL_Surface *surface =
        loaded ? SDL_ConvertSurfaceFormat(loaded, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;

    if (!surface) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", file, SDL_GetError());
    }
    SDL_FreeSurface(loaded);
    if (in) {
        SDL_RWclose(in);
    }
    return surface;
}

/* The screen where the skin has it, the skin's picture over it. */
static bool compose(SDL_Surface *canvas, SDL_Surface *body, const struct skin *skin, double scale,
                    const uint32_t *pixels, int width, int height)
{
    SDL_Surface *screen = SDL_CreateRGBSurfaceWithFormatFrom((void *)pixels, width, height, 32,
                                                             width * 4, SDL_PIXELFORMAT_RGB888);
    SDL_Rect place = {(int)lround(skin->screen.x * scale), (int)lround(skin->screen.y * scale),
                      (int)lround(skin->screen.w * scale), (int)lround(skin->screen.h * scale)};
    bool done = screen && SDL_BlitScaled(screen, NULL, canvas, &place) == 0 &&
                SDL_SetSurfaceBlendMode(body, SDL_BLENDMODE_BLEND) == 0 &&
                SDL_BlitSurface(body, NULL, canvas, NULL) == 0;

    SDL_FreeSurface(screen);
    return done;
}

/* A copy of the canvas, turned. */
static uint32_t *turn(const SDL_Surface *canvas, int turns, int *width, int *height)
{
    const int w = canvas->w, h = canvas->h;
    uint32_t *out = g_new(uint32_t, (gsize)w * (gsize)h);

    *width = turns & 1 ? h : w;
    *height = turns & 1 ? w : h;
    for (int y = 0; y < h; y++) {
        const uint32_t *row =
            (const uint32_t *)((const uint8_t *)canvas->pixels + (gsize)y * (gsize)canvas->pitch);
        for (int x = 0; x < w; x++) {
            int to_x = turns == 0 ? x : turns == 1 ? h - 1 - y : turns == 2 ? w - 1 - x : y;
            int to_y = turns == 0 ? y : turns == 1 ? x : turns == 2 ? h - 1 - y : w - 1 - x;
            out[to_y * *width + to_x] = row[x];
        }
    }
    return out;
}

static uint32_t *draw(const struct skin *skin, int turns, const uint32_t *pixels, int width,
                      int height, int *shot_width, int *shot_height, GError **error)
{
    const double scale = (double)width / skin->screen.w;
    const int w = (int)ceil(skin->width * scale), h = (int)ceil(skin->height * scale);
    SDL_Surface *body = load(skin->picture, w, h, error);
    SDL_Surface *canvas =
        body ? SDL_CreateRGBSurfaceWithFormat(0, body->w, body->h, 32, SDL_PIXELFORMAT_ARGB8888)
             : NULL;
    uint32_t *out = NULL;

    if (canvas && compose(canvas, body, skin, scale, pixels, width, height)) {
        out = turn(canvas, turns & 3, shot_width, shot_height);
    } else if (body) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "no picture: %s", SDL_GetError());
    }
    SDL_FreeSurface(canvas);
    SDL_FreeSurface(body);
    return out;
}

uint32_t *skin_shot(const char *dir, int turns, const uint32_t *pixels, int width, int height,
                    int *shot_width, int *shot_height, GError **error)
{
    struct skin skin;
    uint32_t *out;

    if (!skin_read(&skin, dir, error)) {
        return NULL;
    }
    out = draw(&skin, turns, pixels, width, height, shot_width, shot_height, error);
    skin_clear(&skin);
    return out;
}
