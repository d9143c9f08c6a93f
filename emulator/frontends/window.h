/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside the window front end: its state and what its files offer each other. Everything but the
 * members marked so belongs to the main thread.
 */
#ifndef FRONTENDS_WINDOW_H
#define FRONTENDS_WINDOW_H

#include <SDL.h>

#include "input/fingers.h"
#include "frontends/frontend.h"
#include "frontends/skin.h"
#include "frontends/toolbar.h"
#include "frontends/view.h"

#define WINDOW_KEYS 256

struct window {
    struct frontend base;
    SDL_Window *window;
    SDL_Renderer *renderer;
    struct skin skin;
    struct view view;
    struct toolbar toolbar;
    struct ui_state state; /* what is shown */
    int turns;             /* of the view, quarter turns clockwise */
    int width, height;     /* of the drawing area, physical pixels */
    double unit;           /* physical pixels per desktop pixel */

    SDL_Texture *screen;
    int screen_w, screen_h;
    SDL_Texture *body, *pressed; /* of the skin, drawn for body_w x body_h */
    int body_w, body_h;
    SDL_Texture *icons[TOOLBAR_MAX]; /* by item; made again when the toolbar changes */

    struct fingers fingers;
    double mouse_x, mouse_y;    /* physical pixels */
    bool ctrl;                  /* a Ctrl key is held */
    bool mouse_touches;         /* the mouse's finger is down */
    int skin_pressed;           /* button of the skin that the mouse holds; -1: none */
    int tool_pressed;           /* item of the toolbar that the mouse holds; -1: none */
    bool key_down[WINDOW_KEYS]; /* by evdev code: sent to the persona as pressed */

    bool closed; /* the user closed it */
    Uint32 wake_event;
    gint wake_pending; /* atomic: a wake event is in SDL's queue */
    gint stopped;      /* atomic */
    gint state_new;    /* atomic: frontend_state() has something new */
    GMutex dirty_lock;
    struct rect dirty; /* under dirty_lock: part of the shadow that the texture does not have */
};

/* window_draw.c */
void window_layout(struct window *window); /* after a change of size, turn or state */
void window_draw(struct window *window);
void window_drop_textures(struct window *window);

/* icons.c: white, on nothing. `letter`: a persona's; NULL when it cannot be drawn. */
SDL_Texture *icons_tool(SDL_Renderer *renderer, enum tool tool, int size);
SDL_Texture *icons_persona(SDL_Renderer *renderer, char letter, uint32_t colour, int size);

/* window_input.c */
void window_event(struct window *window, const SDL_Event *event);

/* window_actions.c: what buttons, the toolbar and shortcuts do */
void window_press_button(struct window *window, enum button button, bool down);
void window_use_tool(struct window *window, const struct tool_item *item, bool down);
void window_rotate(struct window *window);
void window_save_shot(struct window *window);
void window_switch_to(struct window *window, unsigned persona);

#endif
