/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the skin is in the window: scaled with its aspect kept, turned by quarter turns, centred in
 * the part that the toolbar leaves. Pure. Window lengths are physical pixels of the drawing area.
 */
#ifndef FRONTENDS_VIEW_H
#define FRONTENDS_VIEW_H

#include "frontends/skin.h"

struct view {
    int turns;              /* quarter turns clockwise, 0..3 */
    double scale;           /* window pixels per unit of the skin */
    double x, y;            /* window: middle of the skin */
    double skin_w, skin_h;  /* units */
    struct rect screen;     /* units: of the skin */
    int screen_w, screen_h; /* the board's screen in its own pixels */
};

/* The skin, turned, as large as it fits into `area` of the window. */
void view_fit(struct view *view, const struct skin *skin, int turns, struct rect area);

/* A point of the window in units of the skin. */
void view_to_skin(const struct view *view, double wx, double wy, double *x, double *y);

/*
 * A point of the window in pixels of the board's screen. False: it is beside the screen; x and y
 * are then those of the nearest pixel, for a finger that slid off the edge.
 */
bool view_to_screen(const struct view *view, double wx, double wy, int *x, int *y);

/* The middle of a pixel of the board's screen as a point of the window. */
void view_from_screen(const struct view *view, double x, double y, double *wx, double *wy);

/*
 * A rectangle of the skin as SDL_RenderCopyEx() wants it: its size unturned, at the place where
 * turning it about its own middle by `turns` brings it to where it belongs.
 */
void view_place(const struct view *view, struct rect region, double *x, double *y, double *w,
                double *h);

#endif
