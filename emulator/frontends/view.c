/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "frontends/view.h"

#include <math.h>

/* Turns (x, y) about the origin by quarter turns clockwise (y points down). */
static void turn(int turns, double *x, double *y)
{
    for (int i = 0; i < (turns & 3); i++) {
        double old_x = *x;
        *x = -*y;
        *y = old_x;
    }
}

void view_fit(struct view *view, const struct skin *skin, int turns, struct rect area)
{
    bool sideways = turns & 1;
    double w = sideways ? skin->height : skin->width;
    double h = sideways ? skin->width : skin->height;

    view->turns = turns & 3;
    view->scale = fmax(fmin(area.w / w, area.h / h), 0.01);
    view->x = area.x + area.w / 2.0;
    view->y = area.y + area.h / 2.0;
    view->skin_w = skin->width;
    view->skin_h = skin->height;
    view->screen = skin->screen;
}

void view_to_skin(const struct view *view, double wx, double wy, double *x, double *y)
{
    *x = (wx - view->x) / view->scale;
    *y = (wy - view->y) / view->scale;
    turn(4 - view->turns, x, y);
    *x += view->skin_w / 2;
    *y += view->skin_h / 2;
}

static void skin_to_window(const struct view *view, double x, double y, double *wx, double *wy)
{
    x -= view->skin_w / 2;
    y -= view->skin_h / 2;
    turn(view->turns, &x, &y);
    *wx = view->x + x * view->scale;
    *wy = view->y + y * view->scale;
}

bool view_to_screen(const struct view *view, double wx, double wy, int *x, int *y)
{
    double sx, sy;

    view_to_skin(view, wx, wy, &sx, &sy);
    sx = floor((sx - view->screen.x) * view->screen_w / view->screen.w);
    sy = floor((sy - view->screen.y) * view->screen_h / view->screen.h);
    *x = (int)fmax(0, fmin(sx, view->screen_w - 1));
    *y = (int)fmax(0, fmin(sy, view->screen_h - 1));
    return sx == *x && sy == *y;
}

void view_from_screen(const struct view *view, double x, double y, double *wx, double *wy)
{
    double sx = view->screen.x + (x + 0.5) * view->screen.w / view->screen_w;
    double sy = view->screen.y + (y + 0.5) * view->screen.h / view->screen_h;
    skin_to_window(view, sx, sy, wx, wy);
}

void view_place(const struct view *view, struct rect region, double *x, double *y, double *w,
                double *h)
{
    double middle_x, middle_y;

    skin_to_window(view, region.x + region.w / 2.0, region.y + region.h / 2.0, &middle_x,
                   &middle_y);
    *w = region.w * view->scale;
    *h = region.h * view->scale;
    *x = middle_x - *w / 2;
    *y = middle_y - *h / 2;
}
