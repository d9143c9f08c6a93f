/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <gio/gio.h>

#include "frontends/picture.h"
#include "frontends/window.h"
#include "phone/post.h"

void window_press_button(struct window *window, enum button button)
{
    if (input_button(window->source, button, true) == INPUT_DONE) {
        window->button_pressed = (int)button;
    }
}

void window_switch_to(struct window *window, unsigned persona)
{
    struct phone *phone = window->base.host.phone;

    if (persona < window->state.persona_count) {
        if (window->state.side) {
            post_request(phone, NULL, NULL, "view single");
        }
        post_request(phone, NULL, NULL, "switch %s", window->state.persona[persona].name);
    }
}

void window_switch_next(struct window *window)
{
    post_request(window->base.host.phone, NULL, NULL, "switch next");
}

void window_toggle_side(struct window *window)
{
    post_request(window->base.host.phone, NULL, NULL, "view %s",
                 window->state.side ? "single" : "side");
}

/* The window's other shape may reach over the edge of the desktop: move it back, if it fits. */
static void keep_on_desktop(struct window *window)
{
    SDL_Rect desktop;
    int x, y, w, h;

    if (SDL_GetDisplayUsableBounds(MAX(0, SDL_GetWindowDisplayIndex(window->window)), &desktop)) {
        return;
    }
    SDL_GetWindowPosition(window->window, &x, &y);
    SDL_GetWindowSize(window->window, &w, &h);
    SDL_SetWindowPosition(window->window, MAX(desktop.x, MIN(x, desktop.x + desktop.w - w)),
                          MAX(desktop.y, MIN(y, desktop.y + desktop.h - h)));
}

void window_rotate(struct window *window)
{
    int w, h;

    window->turns = (window->turns + 1) & 3;
    SDL_GetWindowSize(window->window, &w, &h);
    /* The phone lies down: let the window lie down too, if the user's desktop allows. */
    SDL_SetWindowSize(window->window, h + TOOLBAR_WIDTH, w - TOOLBAR_WIDTH);
    keep_on_desktop(window);
    window_layout(window);
}

static const char *pictures_dir(void)
{
    const char *pictures = g_get_user_special_dir(G_USER_DIRECTORY_PICTURES);

    return pictures ? pictures : g_get_home_dir();
}

void window_save_shot(struct window *window)
{
    int w, h;
    g_autoptr(GError) error = NULL;
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autoptr(GBytes) png = shadow_png(&window->base.host.screen->shadow, &w, &h, &error);
    g_autofree char *path = png ? picture_save(pictures_dir(), now, png, &error) : NULL;

    if (path) {
        g_printerr("phonebooth: the screen is in %s\n", path);
    } else {
        g_printerr("phonebooth: no picture of the screen: %s\n", error->message);
    }
}

static bool is_board_key(enum tool tool, enum button *button)
{
    static const struct {
        enum tool tool;
        enum button button;
    } keys[] = {
        {TOOL_POWER, BUTTON_POWER},
        {TOOL_VOLUME_UP, BUTTON_VOLUME_UP},
        {TOOL_VOLUME_DOWN, BUTTON_VOLUME_DOWN},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (keys[i].tool == tool) {
            *button = keys[i].button;
            return true;
        }
    }
    return false;
}

void window_use_tool(struct window *window, const struct tool_item *item)
{
    enum button button;

    if (is_board_key(item->tool, &button)) {
        window_press_button(window, button);
    } else if (item->tool == TOOL_PERSONA) {
        window_switch_to(window, item->persona);
    } else if (item->tool == TOOL_SIDE) {
        window_toggle_side(window);
    } else if (item->tool == TOOL_ROTATE) {
        window_rotate(window);
    } else {
        window_save_shot(window);
    }
}
