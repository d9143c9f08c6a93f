/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <gio/gio.h>

#include "beside.h"
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

/* The window follows when the phone has been turned, by whomever. */
void window_rotate(struct window *window)
{
    enum attitude next = (window->state.attitude + 1) % ATTITUDE_COUNT;

    attitude_turn(window->base.host.phone, next, NULL, NULL);
}

/* The phone lies down: let the window lie down too, if the user's desktop allows. */
static void lay(struct window *window, bool was_lying)
{
    struct window_size *before = &window->size[was_lying], *now = &window->size[!was_lying];

    SDL_GetWindowSize(window->window, &before->w, &before->h);
    if (now->w == 0) {
        *now = (struct window_size){before->h + TOOLBAR_WIDTH, before->w - TOOLBAR_WIDTH};
    }
    SDL_SetWindowSize(window->window, now->w, now->h);
    keep_on_desktop(window);
}

void window_turn_view(struct window *window)
{
    int before = window->turns;

    window->turns = (int)window->state.attitude;
    if ((before ^ window->turns) & 1) {
        lay(window, before & 1);
    }
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

/* A process of its own, which outlives this window and ends with the phone. */
void window_open_panel(struct window *window)
{
    g_autofree char *program = beside_find("booth-panel");
    g_autoptr(GError) error = NULL;
    g_autoptr(GSubprocess) panel = NULL;

    if (!program) {
        g_printerr("phonebooth: no panel: booth-panel is neither beside phonebooth nor in PATH\n");
        return;
    }
    panel = g_subprocess_new(G_SUBPROCESS_FLAGS_NONE, &error, program, "--control",
                             window->base.host.control, NULL);
    if (!panel) {
        g_printerr("phonebooth: no panel: %s\n", error->message);
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
    } else if (item->tool == TOOL_PANEL) {
        window_open_panel(window);
    } else {
        window_save_shot(window);
    }
}
