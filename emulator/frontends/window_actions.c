/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <gio/gio.h>

#include "phone/post.h"
#include "frontends/window.h"

void window_press_button(struct window *window G_GNUC_UNUSED, enum button button, bool down)
{
    panel_button(button, down);
}

void window_switch_to(struct window *window, unsigned persona)
{
    if (persona < window->state.persona_count) {
        if (window->state.side) {
            post_request("view single");
        }
        post_request("switch %s", window->state.persona[persona].name);
    }
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

static char *shot_path(void)
{
    const char *pictures = g_get_user_special_dir(G_USER_DIRECTORY_PICTURES);
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *file = g_date_time_format(now, "phonebooth-%Y%m%d-%H%M%S.png");
    return g_build_filename(pictures ? pictures : g_get_home_dir(), file, NULL);
}

void window_save_shot(struct window *window)
{
    int w, h;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) png = shadow_png(window->base.shadow, &w, &h, &error);
    g_autofree char *path = shot_path();

    if (png && g_file_set_contents(path, g_bytes_get_data(png, NULL), (gssize)g_bytes_get_size(png),
                                   &error)) {
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

void window_use_tool(struct window *window, const struct tool_item *item, bool down)
{
    enum button button;

    if (is_board_key(item->tool, &button)) {
        window_press_button(window, button, down);
    } else if (!down) {
        return; /* the others act when they are pressed */
    } else if (item->tool == TOOL_PERSONA) {
        window_switch_to(window, item->persona);
    } else if (item->tool == TOOL_SIDE) {
        post_request("view %s", window->state.side ? "single" : "side");
    } else if (item->tool == TOOL_ROTATE) {
        window_rotate(window);
    } else {
        window_save_shot(window);
    }
}
