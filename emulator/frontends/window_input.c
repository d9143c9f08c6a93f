/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The desktop's mouse and fingers become the phone's. */
#include "frontends/window.h"
#include "phone/post.h"

/* A point of the board's screen. */
static struct input_point point(const struct window *window, int x, int y)
{
    return (struct input_point){x, y, window->screen_w, window->screen_h};
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
        window_use_tool(window, &window->toolbar.item[window->tool_pressed]);
        return;
    }
    window->skin_pressed = button_at(window, window->mouse_x, window->mouse_y);
    if (window->skin_pressed >= 0) {
        window_press_button(window, window->skin.button[window->skin_pressed].key);
        return;
    }
    if (view_to_screen(&window->view, window->mouse_x, window->mouse_y, &x, &y)) {
        input_finger_down(window->source, FINGER_MOUSE, point(window, x, y));
        if (window->ctrl) {
            mirror(window, &x, &y);
            input_finger_down(window->source, FINGER_MIRROR, point(window, x, y));
        }
    }
}

static void mouse_up(struct window *window)
{
    if (window->button_pressed >= 0) {
        input_button(window->source, (enum button)window->button_pressed, false);
    }
    window->tool_pressed = window->skin_pressed = window->button_pressed = -1;
    input_finger_up(window->source, FINGER_MIRROR);
    input_finger_up(window->source, FINGER_MOUSE);
}

void window_let_go(struct window *window)
{
    mouse_up(window);
    input_release(window->source);
    window->ctrl = false;
}

static void mouse_move(struct window *window)
{
    int x, y;

    view_to_screen(&window->view, window->mouse_x, window->mouse_y, &x, &y);
    input_finger_move(window->source, FINGER_MOUSE, point(window, x, y));
    mirror(window, &x, &y);
    input_finger_move(window->source, FINGER_MIRROR, point(window, x, y));
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
        input_finger_move(window->source, event->fingerId, point(window, x, y));
    } else if (event->type == SDL_FINGERUP) {
        input_finger_up(window->source, event->fingerId);
        if (window->tool_pressed >= 0 || window->skin_pressed >= 0) {
            mouse_up(window);
        }
    } else if (on_screen) {
        input_finger_down(window->source, event->fingerId, point(window, x, y));
    } else {
        window->mouse_x = wx;
        window->mouse_y = wy;
        mouse_down(window);
    }
}

static void on_wheel(struct window *window, const SDL_MouseWheelEvent *event)
{
    int steps = event->direction == SDL_MOUSEWHEEL_FLIPPED ? -event->y : event->y;
    if (steps != 0) {
        post_request(window->base.host.phone, NULL, NULL, "wheel %d", steps);
    }
}

static void on_window(struct window *window, const SDL_WindowEvent *event)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        window_layout(window);
        break;
    case SDL_WINDOWEVENT_FOCUS_LOST:
        window_let_go(window);
        break;
    case SDL_WINDOWEVENT_CLOSE:
        window->closed = true;
        post_end(window->base.host.phone);
        break;
    default:
        break;
    }
}

void window_event(struct window *window, const SDL_Event *event)
{
    switch (event->type) {
    case SDL_QUIT:
        /* After its window was closed; else SDL has lost the display (Wayland). */
        window->lost |= !window->closed;
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
        on_wheel(window, &event->wheel);
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
        on_finger(window, &event->tfinger);
        break;
    case SDL_DROPFILE:
        drops_take(window->drops, event->drop.file);
        SDL_free(event->drop.file);
        break;
    case SDL_DROPTEXT: /* nothing is made of it */
        SDL_free(event->drop.file);
        break;
    case SDL_KEYDOWN:
    case SDL_KEYUP:
        window_key(window, &event->key);
        break;
    default:
        break;
    }
}
