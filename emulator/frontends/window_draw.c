/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <SDL_image.h>
#include <math.h>

#include "frontends/window.h"

#define MARGIN 12 /* desktop pixels around the phone */

struct colour {
    Uint8 r, g, b, a;
};

static const struct colour desk = {0x24, 0x25, 0x2b, 0xff};
static const struct colour strip = {0x1b, 0x1c, 0x21, 0xff};
static const struct colour raised = {0x34, 0x36, 0x3e, 0xff};
static const struct colour accent = {0x35, 0x84, 0xe4, 0xff};
static const struct colour bright = {0xff, 0xff, 0xff, 0xff};
static const struct colour finger_dot = {0xff, 0xff, 0xff, 0xa0};

static void set_colour(struct window *window, struct colour c)
{
    SDL_SetRenderDrawColor(window->renderer, c.r, c.g, c.b, c.a);
}

static void fill(struct window *window, struct rect r, struct colour c)
{
    SDL_Rect area = {r.x, r.y, r.w, r.h};
    set_colour(window, c);
    SDL_RenderFillRect(window->renderer, &area);
}

static void drop(SDL_Texture **texture)
{
    if (*texture) {
        SDL_DestroyTexture(*texture);
        *texture = NULL;
    }
}

static void drop_icons(struct window *window)
{
    for (unsigned i = 0; i < TOOLBAR_MAX; i++) {
        drop(&window->icons[i]);
    }
}

void window_drop_textures(struct window *window)
{
    drop(&window->screen);
    drop(&window->body);
    drop(&window->pressed);
    drop_icons(window);
}

void window_layout(struct window *window)
{
    int desktop_w, desktop_h;
    struct rect area;

    SDL_GetWindowSize(window->window, &desktop_w, &desktop_h);
    SDL_GetRendererOutputSize(window->renderer, &window->width, &window->height);
    window->unit = desktop_w > 0 ? (double)window->width / desktop_w : 1;
    toolbar_layout(&window->toolbar, &window->state, window->width, window->height, window->unit);
    int margin = (int)(MARGIN * window->unit);
    area = (struct rect){margin, margin, window->width - window->toolbar.strip.w - 2 * margin,
                         window->height - 2 * margin};
    view_fit(&window->view, &window->skin, window->turns, area);
    window->view.screen_w = window->screen_w;
    window->view.screen_h = window->screen_h;
    drop_icons(window);
}

static SDL_Texture *load_picture(struct window *window, const char *path)
{
    SDL_RWops *file = path ? SDL_RWFromFile(path, "rb") : NULL;
    SDL_Surface *surface = file ? IMG_LoadSizedSVG_RW(file, window->body_w, window->body_h) : NULL;
    SDL_Texture *texture = surface ? SDL_CreateTextureFromSurface(window->renderer, surface) : NULL;

    SDL_FreeSurface(surface);
    if (file) {
        SDL_RWclose(file);
    }
    return texture;
}

/* Vector pictures are drawn anew for each size, so they are sharp at all of them. */
static void update_skin(struct window *window)
{
    int w = (int)ceil(window->skin.width * window->view.scale);
    int h = (int)ceil(window->skin.height * window->view.scale);

    if (w == window->body_w && h == window->body_h) {
        return;
    }
    drop(&window->body);
    drop(&window->pressed);
    window->body_w = w;
    window->body_h = h;
    window->body = load_picture(window, window->skin.picture);
    window->pressed = load_picture(window, window->skin.pressed);
}

/* Main thread, shadow locked: a texture of the screen's size. */
static bool fit_screen(struct window *window, const struct shadow *shadow, struct rect *dirty)
{
    if (!shadow->pixels) {
        return false;
    }
    if (window->screen && window->screen_w == shadow->width && window->screen_h == shadow->height) {
        return true;
    }
    drop(&window->screen);
    window->screen_w = window->view.screen_w = shadow->width;
    window->screen_h = window->view.screen_h = shadow->height;
    window->screen = SDL_CreateTexture(window->renderer, SDL_PIXELFORMAT_RGB888,
                                       SDL_TEXTUREACCESS_STREAMING, shadow->width, shadow->height);
    *dirty = (struct rect){0, 0, shadow->width, shadow->height};
    return window->screen != NULL;
}

static void update_screen(struct window *window)
{
    struct shadow *shadow = &window->base.host.screen->shadow;
    struct rect dirty;

    g_mutex_lock(&window->dirty_lock);
    dirty = window->dirty;
    window->dirty = (struct rect){0, 0, 0, 0};
    g_mutex_unlock(&window->dirty_lock);

    g_mutex_lock(&shadow->lock);
    if (fit_screen(window, shadow, &dirty)) {
        dirty = rect_intersect(dirty, (struct rect){0, 0, shadow->width, shadow->height});
        if (dirty.w > 0 && dirty.h > 0) {
            SDL_Rect area = {dirty.x, dirty.y, dirty.w, dirty.h};
            SDL_UpdateTexture(window->screen, &area,
                              shadow->pixels + dirty.y * shadow->width + dirty.x,
                              shadow->width * 4);
        }
    }
    g_mutex_unlock(&shadow->lock);
}

/* `part` of a texture (NULL: all) where `region` of the skin is. */
static void place(struct window *window, SDL_Texture *texture, const SDL_Rect *part,
                  struct rect region)
{
    double x, y, w, h;

    if (!texture) {
        return;
    }
    view_place(&window->view, region, &x, &y, &w, &h);
    SDL_FRect target = {(float)x, (float)y, (float)w, (float)h};
    SDL_RenderCopyExF(window->renderer, texture, part, &target, window->turns * 90.0, NULL,
                      SDL_FLIP_NONE);
}

static void draw_pressed(struct window *window)
{
    if (window->skin_pressed >= 0) {
        struct rect region = window->skin.button[window->skin_pressed].region;
        double scale = window->view.scale;
        SDL_Rect part = {(int)(region.x * scale), (int)(region.y * scale), (int)(region.w * scale),
                         (int)(region.h * scale)};
        place(window, window->pressed, &part, region);
    }
}

static void draw_black_screen(struct window *window)
{
    double x, y, w, h;
    struct rect screen = window->skin.screen;

    if (window->turns & 1) {
        screen = (struct rect){screen.x + (screen.w - screen.h) / 2,
                               screen.y + (screen.h - screen.w) / 2, screen.h, screen.w};
    }
    view_place(&window->view, screen, &x, &y, &w, &h);
    fill(window, (struct rect){(int)x, (int)y, (int)w, (int)h}, (struct colour){0, 0, 0, 255});
}

static void draw_dot(struct window *window, double x, double y)
{
    double wx, wy, radius = 14 * window->unit;

    view_from_screen(&window->view, x, y, &wx, &wy);
    set_colour(window, finger_dot);
    for (int dy = (int)-radius; dy <= (int)radius; dy++) {
        double half = sqrt(radius * radius - dy * dy);
        SDL_RenderDrawLineF(window->renderer, (float)(wx - half), (float)(wy + dy),
                            (float)(wx + half), (float)(wy + dy));
    }
}

/* Ctrl shows where two fingers are, or would be. */
static void draw_fingers(struct window *window)
{
    int x, y;

    if (!window->ctrl || window->screen_w == 0 ||
        !view_to_screen(&window->view, window->mouse_x, window->mouse_y, &x, &y)) {
        return;
    }
    draw_dot(window, x, y);
    draw_dot(window, window->screen_w - 1 - x, window->screen_h - 1 - y);
}

static bool is_on(const struct window *window, const struct tool_item *item)
{
    if (item->tool == TOOL_PERSONA) {
        return window->state.persona[item->persona].front;
    }
    return item->tool == TOOL_SIDE && window->state.side;
}

static SDL_Texture *icon(struct window *window, unsigned i)
{
    const struct tool_item *item = &window->toolbar.item[i];
    const struct summary_persona *persona = &window->state.persona[item->persona];

    if (!window->icons[i]) {
        window->icons[i] =
            item->tool == TOOL_PERSONA
                ? icons_persona(window->renderer, icons_letter(persona->display, item->persona + 1),
                                persona->colour, item->place.w)
                : icons_tool(window->renderer, item->tool, item->place.w);
    }
    return window->icons[i];
}

static void draw_item(struct window *window, unsigned i)
{
    struct rect r = window->toolbar.item[i].place;
    SDL_Rect target = {r.x, r.y, r.w, r.h};
    int bar = (int)(3 * window->unit);

    if (window->tool_pressed == (int)i) {
        fill(window, r, raised);
    }
    if (is_on(window, &window->toolbar.item[i])) {
        fill(window, r, raised);
        fill(window, (struct rect){window->toolbar.strip.x, r.y, bar, r.h}, bright);
    }
    SDL_RenderCopy(window->renderer, icon(window, i), NULL, &target);
}

static void draw_toolbar(struct window *window)
{
    fill(window, window->toolbar.strip, strip);
    for (unsigned i = 0; i < window->toolbar.count; i++) {
        draw_item(window, i);
    }
    if (!window->state.ready) {
        int h = (int)(4 * window->unit);
        int w = window->width * (int)MIN(window->state.progress, 100) / 100;
        fill(window, (struct rect){0, window->height - h, w, h}, accent);
    }
}

void window_draw(struct window *window)
{
    struct rect all = {0, 0, window->skin.width, window->skin.height};

    update_skin(window);
    update_screen(window);
    set_colour(window, desk);
    SDL_RenderClear(window->renderer);
    if (window->screen) {
        place(window, window->screen, NULL, window->skin.screen);
    } else {
        draw_black_screen(window);
    }
    draw_fingers(window);
    place(window, window->body, NULL, all);
    draw_pressed(window);
    draw_toolbar(window);
    SDL_RenderPresent(window->renderer);
}
