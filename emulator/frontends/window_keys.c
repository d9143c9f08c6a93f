/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The desktop's keyboard becomes the phone's, but for the window's own shortcuts. */
#include "frontends/keymap.h"
#include "frontends/window.h"

/* With Ctrl held; documented in docs/window.md. Ctrl + 1 to 8 are handled apart. */
static const struct {
    SDL_Scancode key;
    void (*run)(struct window *window);
} shortcuts[] = {
    {SDL_SCANCODE_R, window_rotate},          {SDL_SCANCODE_TAB, window_switch_next},
    {SDL_SCANCODE_GRAVE, window_toggle_side}, {SDL_SCANCODE_PRINTSCREEN, window_save_shot},
    {SDL_SCANCODE_F12, window_save_shot},     {SDL_SCANCODE_E, window_open_panel},
};

static void run_shortcut(struct window *window, SDL_Scancode key)
{
    if (key >= SDL_SCANCODE_1 && key <= SDL_SCANCODE_8) {
        window_switch_to(window, (unsigned)(key - SDL_SCANCODE_1));
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(shortcuts); i++) {
        if (shortcuts[i].key == key) {
            shortcuts[i].run(window);
        }
    }
}

static bool is_shortcut(SDL_Scancode key)
{
    bool found = key >= SDL_SCANCODE_1 && key <= SDL_SCANCODE_8;

    for (unsigned i = 0; i < G_N_ELEMENTS(shortcuts); i++) {
        found |= shortcuts[i].key == key;
    }
    return found;
}

static void send(struct window *window, SDL_Scancode key, int value)
{
    int code = keymap_code((int)key);

    if (code > 0 && code < INPUT_KEYS) {
        input_key(window->source, code, value, NULL, NULL);
    }
}

/*
 * Modifiers that were let go for a shortcut and are held down still belong to the next key: after
 * Ctrl + 2, with Ctrl held, C is Ctrl + C for the persona that is in front now.
 */
static void press_modifiers(struct window *window, SDL_Scancode but)
{
    const Uint8 *held = SDL_GetKeyboardState(NULL);

    for (SDL_Scancode key = SDL_SCANCODE_LCTRL; key <= SDL_SCANCODE_RGUI; key++) {
        int code = keymap_code((int)key);
        if (key != but && held[key] && code > 0 && !input_key_is_held(window->source, code)) {
            send(window, key, 1);
        }
    }
}

void window_key(struct window *window, const SDL_KeyboardEvent *event)
{
    SDL_Scancode key = event->keysym.scancode;
    bool down = event->state == SDL_PRESSED;

    window->ctrl = (event->keysym.mod & KMOD_CTRL) != 0;
    if (down && window->ctrl && is_shortcut(key)) {
        if (!event->repeat) {
            /* The persona has the Ctrl: let go of it there, before another one is in front. */
            input_release_keys(window->source);
            run_shortcut(window, key);
        }
        return;
    }
    if (down && !event->repeat) {
        press_modifiers(window, key);
    }
    send(window, key, down ? (event->repeat ? 2 : 1) : 0);
}
