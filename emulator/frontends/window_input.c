/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The desktop's mouse, fingers and keyboard become the phone's. */
#include "phone/post.h"
#include "frontends/keymap.h"
#include "frontends/window.h"

/* A finger of the panel, from a point of the window. */
static void finger_down(struct window *window, int64_t id, int x, int y)
{
    int slot = fingers_down(&window->fingers, id, x, y);
    if (slot >= 0) {
        panel_touch((unsigned)slot, TOUCH_DOWN, x, y, window->screen_w, window->screen_h);
    }
}

static void finger_move(struct window *window, int64_t id, int x, int y)
{
    int slot = fingers_move(&window->fingers, id, x, y);
    if (slot >= 0) {
        panel_touch((unsigned)slot, TOUCH_MOVE, x, y, window->screen_w, window->screen_h);
    }
}

static void finger_up(struct window *window, int64_t id)
{
    int slot = fingers_up(&window->fingers, id);
    if (slot >= 0) {
        panel_touch((unsigned)slot, TOUCH_UP, 0, 0, window->screen_w, window->screen_h);
    }
}

/* The second finger of Ctrl + drag: the first one's mirror image about the middle of the screen. */
static void mirror(const struct window *window, int *x, int *y)
{
    *x = window->screen_w - 1 - *x;
    *y = window->screen_h - 1 - *y;
}

static int button_at(const struct window *window, double wx, double wy)
{
    double x, y;
    view_to_skin(&window->view, wx, wy, &x, &y);
    return skin_button_at(&window->skin, x, y);
}

static void mouse_down(struct window *window)
{
    int x, y;

    window->tool_pressed = toolbar_at(&window->toolbar, window->mouse_x, window->mouse_y);
    if (window->tool_pressed >= 0) {
        window_use_tool(window, &window->toolbar.item[window->tool_pressed], true);
        return;
    }
    window->skin_pressed = button_at(window, window->mouse_x, window->mouse_y);
    if (window->skin_pressed >= 0) {
        window_press_button(window, window->skin.button[window->skin_pressed].key, true);
        return;
    }
    if (view_to_screen(&window->view, window->mouse_x, window->mouse_y, &x, &y)) {
        window->mouse_touches = true;
        finger_down(window, FINGER_MOUSE, x, y);
        if (window->ctrl) {
            mirror(window, &x, &y);
            finger_down(window, FINGER_MIRROR, x, y);
        }
    }
}

static void mouse_up(struct window *window)
{
    if (window->tool_pressed >= 0 && window->tool_pressed < (int)window->toolbar.count) {
        window_use_tool(window, &window->toolbar.item[window->tool_pressed], false);
    }
    if (window->skin_pressed >= 0) {
        window_press_button(window, window->skin.button[window->skin_pressed].key, false);
    }
    window->tool_pressed = window->skin_pressed = -1;
    window->mouse_touches = false;
    finger_up(window, FINGER_MIRROR);
    finger_up(window, FINGER_MOUSE);
}

static void mouse_move(struct window *window)
{
    int x, y;

    view_to_screen(&window->view, window->mouse_x, window->mouse_y, &x, &y);
    finger_move(window, FINGER_MOUSE, x, y);
    mirror(window, &x, &y);
    finger_move(window, FINGER_MIRROR, x, y);
}

static void on_mouse_button(struct window *window, const SDL_MouseButtonEvent *event)
{
    if (event->button != SDL_BUTTON_LEFT) {
        return;
    }
    window->mouse_x = event->x * window->unit;
    window->mouse_y = event->y * window->unit;
    if (event->state == SDL_PRESSED) {
        mouse_down(window);
    } else {
        mouse_up(window);
    }
}

static void on_mouse_motion(struct window *window, const SDL_MouseMotionEvent *event)
{
    window->mouse_x = event->x * window->unit;
    window->mouse_y = event->y * window->unit;
    mouse_move(window);
}

/* A real finger on the desktop's touch screen; on the skin's buttons or the toolbar it is a mouse.
 */
static void on_finger(struct window *window, const SDL_TouchFingerEvent *event)
{
    double wx = event->x * window->width, wy = event->y * window->height;
    int x, y;
    bool on_screen = view_to_screen(&window->view, wx, wy, &x, &y);

    if (event->type == SDL_FINGERMOTION) {
        finger_move(window, event->fingerId, x, y);
    } else if (event->type == SDL_FINGERUP) {
        finger_up(window, event->fingerId);
        if (window->tool_pressed >= 0 || window->skin_pressed >= 0) {
            mouse_up(window);
        }
    } else if (on_screen) {
        finger_down(window, event->fingerId, x, y);
    } else {
        window->mouse_x = wx;
        window->mouse_y = wy;
        mouse_down(window);
    }
}

static void on_wheel(const SDL_MouseWheelEvent *event)
{
    int steps = event->direction == SDL_MOUSEWHEEL_FLIPPED ? -event->y : event->y;
    if (steps != 0) {
        post_request("wheel %d", steps);
    }
}

static void switch_next(struct window *window G_GNUC_UNUSED)
{
    post_request("switch next");
}

static void toggle_side(struct window *window)
{
    post_request("view %s", window->state.side ? "single" : "side");
}

/* With Ctrl held; documented in docs/window.md. Ctrl + 1 to 8 are handled apart. */
static const struct {
    SDL_Scancode key;
    void (*run)(struct window *window);
} shortcuts[] = {
    {SDL_SCANCODE_R, window_rotate},      {SDL_SCANCODE_TAB, switch_next},
    {SDL_SCANCODE_GRAVE, toggle_side},    {SDL_SCANCODE_PRINTSCREEN, window_save_shot},
    {SDL_SCANCODE_F12, window_save_shot},
};

static bool use_shortcut(struct window *window, SDL_Scancode key)
{
    if (key >= SDL_SCANCODE_1 && key <= SDL_SCANCODE_8) {
        window_switch_to(window, (unsigned)(key - SDL_SCANCODE_1));
        return true;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(shortcuts); i++) {
        if (shortcuts[i].key == key) {
            shortcuts[i].run(window);
            return true;
        }
    }
    return false;
}

static void send_key(struct window *window, int code, int value)
{
    if (code > 0 && code < WINDOW_KEYS && (value == 1 || window->key_down[code])) {
        window->key_down[code] = value != 0;
        post_request("key %d %d", code, value);
    }
}

static void on_key(struct window *window, const SDL_KeyboardEvent *event)
{
    SDL_Scancode key = event->keysym.scancode;
    bool down = event->state == SDL_PRESSED;

    window->ctrl = (event->keysym.mod & KMOD_CTRL) != 0;
    if (down && window->ctrl && use_shortcut(window, key)) {
        return;
    }
    send_key(window, keymap_code((int)key), down ? (event->repeat ? 2 : 1) : 0);
}

/* Keys that the desktop will not tell us about any more must not stay down in the persona. */
static void release_keys(struct window *window)
{
    for (int code = 0; code < WINDOW_KEYS; code++) {
        send_key(window, code, 0);
    }
    window->ctrl = false;
}

static void on_window(struct window *window, const SDL_WindowEvent *event)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        window_layout(window);
        break;
    case SDL_WINDOWEVENT_FOCUS_LOST:
        release_keys(window);
        mouse_up(window);
        break;
    case SDL_WINDOWEVENT_CLOSE:
        window->closed = true;
        break;
    default:
        break;
    }
}

void window_event(struct window *window, const SDL_Event *event)
{
    switch (event->type) {
    case SDL_QUIT:
        window->closed = true;
        break;
    case SDL_WINDOWEVENT:
        on_window(window, &event->window);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        on_mouse_button(window, &event->button);
        break;
    case SDL_MOUSEMOTION:
        on_mouse_motion(window, &event->motion);
        break;
    case SDL_MOUSEWHEEL:
        on_wheel(&event->wheel);
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
        on_finger(window, &event->tfinger);
        break;
    case SDL_KEYDOWN:
    case SDL_KEYUP:
        on_key(window, &event->key);
        break;
    default:
        break;
    }
}
