/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside the window front end: its state and what its files offer each other. Everything but the
 * members marked so belongs to the main thread.
 */
#ifndef FRONTENDS_WINDOW_H
#define FRONTENDS_WINDOW_H

#include <SDL.h>

#include "frontends/frontend.h"
#include "frontends/skin.h"
#include "frontends/toolbar.h"
#include "frontends/view.h"

/* The window's numbers for its fingers (input/input.h); a touch screen's are SDL's. */
#define FINGER_MOUSE  INT64_MIN
#define FINGER_MIRROR (INT64_MIN + 1)

struct window_size {
    int w, h; /* desktop pixels; 0: not known yet */
};

struct window {
    struct frontend base;
    char *skin_dir;
    struct screen_sink sink;
    struct summary_watch watch;
    struct input_source *source; /* all that the user holds down */
    SDL_Window *window;
    SDL_Renderer *renderer;
    struct skin skin;
    struct view view;
    struct toolbar toolbar;
    struct drops *drops;        /* files that were dropped on it */
    struct summary state;       /* what is shown */
    int turns;                  /* of the view, quarter turns clockwise: enum attitude */
    struct window_size size[2]; /* of a phone that stands, and that lies; what it had last */
    int width, height;          /* of the drawing area, physical pixels */
    double unit;                /* physical pixels per desktop pixel */

    SDL_Texture *screen;
    int screen_w, screen_h;
    SDL_Texture *body, *pressed; /* of the skin, drawn for body_w x body_h */
    int body_w, body_h;
    SDL_Texture *icons[TOOLBAR_MAX]; /* by item; made again when the toolbar changes */

    double mouse_x, mouse_y; /* physical pixels */
    bool ctrl;               /* a Ctrl key is held */
    int skin_pressed;        /* button of the skin that the mouse holds; -1: none */
    int tool_pressed;        /* item of the toolbar that the mouse holds; -1: none */
    int button_pressed;      /* enum button that the mouse holds; -1: none */

    bool closed; /* the user closed it: the phone is about to end */
    bool lost;   /* its display is gone: SDL must not be asked for anything any more */
    Uint32 wake_event;
    gint wake_pending; /* atomic: a wake event is in SDL's queue */
    gint stopped;      /* atomic */
    gint state_new;    /* atomic: the summary is new */
    GMutex dirty_lock;
    struct rect dirty; /* under dirty_lock: part of the shadow that the texture does not have */
};

/* window.c: from any thread, run() looks around */
void window_wake(struct window *window);

/* window_draw.c */
void window_layout(struct window *window); /* after a change of size, turn or state */
void window_draw(struct window *window);
void window_drop_textures(struct window *window);

/* icons.c: white, on nothing. NULL when it cannot be drawn. `letter`: A-Z or 1-8. */
SDL_Texture *icons_tool(SDL_Renderer *renderer, enum tool tool, int size);
SDL_Texture *icons_persona(SDL_Renderer *renderer, char letter, uint32_t colour, int size);

/* The letter or digit that stands for a persona: of its name, or its place in the row from 1. */
char icons_letter(const char *display_name, unsigned place);

/* window_input.c: mouse and touch screen; window_keys.c: keyboard */
void window_event(struct window *window, const SDL_Event *event);
void window_key(struct window *window, const SDL_KeyboardEvent *event);
void window_let_go(struct window *window); /* of all that the user holds */

/* window_lost.c: when the display server goes away, window->lost is set and the process goes on. */
void window_watch_display(struct window *window);

/* window_drop.c: files for the persona in front. drops_free() ends what is under way, NULL is fine.
 */
struct drops *drops_new(struct window *window);
void drops_free(struct drops *drops);
void drops_take(struct drops *drops, const char *path);
char *drops_notice(struct drops *drops); /* for the title; NULL: nothing. Free with g_free() */

/* window_actions.c: what buttons, the toolbar and shortcuts do */
void window_press_button(struct window *window, enum button button);
void window_use_tool(struct window *window, const struct tool_item *item);
void window_rotate(struct window *window);    /* the phone, a quarter turn clockwise */
void window_turn_view(struct window *window); /* to how the phone is held now */
void window_save_shot(struct window *window);
void window_open_panel(struct window *window); /* sdk/panel */
void window_switch_to(struct window *window, unsigned persona);
void window_switch_next(struct window *window);
void window_toggle_side(struct window *window);

#endif
