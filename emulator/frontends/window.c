/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The window front end: SDL2, on the main thread. */
#include "frontends/window.h"

#include <gio/gio.h>
#include <string.h>

#define DESKTOP_PART 0.9 /* of the desktop's height that a new window takes at most */
#define FRAME_MS     16  /* not drawn more often */

static bool has_display(void)
{
    return g_getenv("DISPLAY") || g_getenv("WAYLAND_DISPLAY") || g_getenv("SDL_VIDEODRIVER");
}

static void first_size(const struct window *window, int *w, int *h)
{
    SDL_Rect desktop = {0, 0, 1280, 960};
    double scale;

    SDL_GetDisplayUsableBounds(0, &desktop);
    scale = MIN(1.0, desktop.h * DESKTOP_PART / window->skin.height);
    scale = MIN(scale, (desktop.w - TOOLBAR_WIDTH) * DESKTOP_PART / window->skin.width);
    *w = (int)(window->skin.width * scale) + TOOLBAR_WIDTH + 24;
    *h = (int)(window->skin.height * scale) + 24;
}

static bool make_window(struct window *window, GError **error)
{
    int w, h;

    first_size(window, &w, &h);
    window->window = SDL_CreateWindow("Phonebooth", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                      w, h, SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    window->renderer = window->window ? SDL_CreateRenderer(window->window, -1, 0) : NULL;
    if (!window->renderer) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", SDL_GetError());
        return false;
    }
    SDL_SetWindowMinimumSize(window->window, 240, 320);
    SDL_SetRenderDrawBlendMode(window->renderer, SDL_BLENDMODE_BLEND);
    return true;
}

static void set_hints(void)
{
    /* QEMU ends cleanly on signals: leave them to it */
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    /* A finger is a finger and the mouse is the mouse */
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "linear");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_APP_NAME, "Phonebooth");
}

/* Without a display that it can open SDL draws for nobody; so it may when the user says so. */
static bool is_seen(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();

    return g_getenv("SDL_VIDEODRIVER") ||
           (g_strcmp0(driver, "offscreen") != 0 && g_strcmp0(driver, "dummy") != 0);
}

static bool start(struct frontend *self, GError **error)
{
    struct window *window = (struct window *)self;

    if (!has_display()) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "neither DISPLAY nor WAYLAND_DISPLAY is set");
        return false;
    }
    if (!skin_read(&window->skin, window->skin_dir, error)) {
        return false;
    }
    set_hints();
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", SDL_GetError());
        return false;
    }
    if (!is_seen()) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "the display that DISPLAY or WAYLAND_DISPLAY names cannot be opened");
        return false;
    }
    window->wake_event = SDL_RegisterEvents(1);
    if (!make_window(window, error)) {
        return false;
    }
    window_watch_display(window);
    window_layout(window);
    window->source = input_source_new(self->host.input);
    window->drops = drops_new(window);
    summary_watch(&self->host.phone->summary, &window->watch);
    screen_add(self->host.screen, &window->sink);
    return true;
}

static void set_title(struct window *window)
{
    g_autofree char *notice = drops_notice(window->drops);
    g_autofree char *title =
        notice || window->state.ready
            ? g_strdup_printf("Phonebooth: %s", notice ? notice : window->state.headline)
            : g_strdup_printf("Phonebooth: %s (%u %%)", window->state.headline,
                              window->state.progress);
    SDL_SetWindowTitle(window->window, title);
}

static void take_state(struct window *window)
{
    if (g_atomic_int_compare_and_exchange(&window->state_new, 1, 0)) {
        summary_read(&window->base.host.phone->summary, &window->state);
        set_title(window);
        if (window->turns != (int)window->state.attitude) {
            window_turn_view(window);
        }
        window_layout(window);
    }
}

/* Handles what has come; waits for the first event only. */
static void take_events(struct window *window)
{
    SDL_Event event;

    if (!SDL_WaitEvent(&event)) {
        return;
    }
    do {
        if (event.type == window->wake_event) {
            g_atomic_int_set(&window->wake_pending, 0);
        } else {
            window_event(window, &event);
        }
    } while (SDL_PollEvent(&event));
}

static enum frontend_end run(struct frontend *self)
{
    struct window *window = (struct window *)self;

    g_atomic_int_set(&window->state_new, 1);
    take_state(window);
    window_draw(window);
    while (!g_atomic_int_get(&window->stopped) && !window->lost) {
        Uint64 drawn = SDL_GetTicks64();
        take_events(window);
        if (window->lost) {
            break;
        }
        take_state(window);
        window_draw(window);
        Uint64 spent = SDL_GetTicks64() - drawn;
        if (spent < FRAME_MS) {
            SDL_Delay((Uint32)(FRAME_MS - spent));
        }
    }
    return window->lost ? FRONTEND_LOST : FRONTEND_CLOSED;
}

/* Any thread. SDL_PushEvent() is thread safe; one event in the queue is enough. */
void window_wake(struct window *window)
{
    if (g_atomic_int_compare_and_exchange(&window->wake_pending, 0, 1)) {
        SDL_Event event = {.type = window->wake_event};
        SDL_PushEvent(&event);
    }
}

static void on_frame(void *opaque, struct rect dirty)
{
    struct window *window = opaque;

    g_mutex_lock(&window->dirty_lock);
    window->dirty = rect_union(window->dirty, dirty);
    g_mutex_unlock(&window->dirty_lock);
    window_wake(window);
}

static void on_summary(void *opaque)
{
    struct window *window = opaque;

    g_atomic_int_set(&window->state_new, 1);
    window_wake(window);
}

static void stop(struct frontend *self)
{
    struct window *window = (struct window *)self;
    g_atomic_int_set(&window->stopped, 1);
    window_wake(window);
}

/* Whoever talks to a display that is gone waits for ever or dies: leave it all to the end of the
 * process. */
static void close_sdl(struct window *window)
{
    if (window->lost) {
        return;
    }
    window_drop_textures(window);
    if (window->renderer) {
        SDL_DestroyRenderer(window->renderer);
    }
    if (window->window) {
        SDL_DestroyWindow(window->window);
    }
    if (SDL_WasInit(SDL_INIT_VIDEO)) {
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
}

static void finish(struct frontend *self)
{
    struct window *window = (struct window *)self;

    screen_remove(self->host.screen, &window->sink);
    summary_unwatch(&self->host.phone->summary, &window->watch);
    input_source_free(window->source);
    drops_free(window->drops);
    close_sdl(window);
    skin_clear(&window->skin);
    g_free(window->skin_dir);
    if (!window->lost) { /* Xlib may still call back with it */
        g_mutex_clear(&window->dirty_lock);
        g_free(window);
    }
}

static const struct frontend_ops window_ops = {
    .name = "window",
    .start = start,
    .run = run,
    .stop = stop,
    .finish = finish,
};

struct frontend *frontend_window_new(const struct frontend_phone *host, const char *skin_dir)
{
    struct window *window = g_new0(struct window, 1);

    window->base = (struct frontend){&window_ops, *host};
    window->skin_dir = g_strdup(skin_dir);
    window->sink = (struct screen_sink){FRAME_MS, on_frame, window};
    window->watch = (struct summary_watch){on_summary, window};
    window->skin_pressed = window->tool_pressed = window->button_pressed = -1;
    g_mutex_init(&window->dirty_lock);
    return &window->base;
}
