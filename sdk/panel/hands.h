/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Mouse and keyboard at a picture: what is dragged, clicked, turned by the wheel, pressed. */
#ifndef PANEL_HANDS_H
#define PANEL_HANDS_H

#include <gtk/gtk.h>

struct hands_use {
    /* The mouse with its button down has moved by so many pixels. */
    void (*dragged)(gpointer data, double dx, double dy);
    /* The button is up again, where it went down. NULL: nobody wants to know. */
    void (*clicked)(gpointer data, double x, double y);
    /* The wheel, with the mouse at x, y; up is positive. */
    void (*turned)(gpointer data, double steps, double x, double y);
    /* A key without Ctrl and Alt. FALSE: it is for others. */
    gboolean (*pressed)(gpointer data, guint key);
};

struct hands {
    GtkWidget *widget;
    const struct hands_use *use;
    gpointer data;
    gboolean held;           /* the button is down */
    double drag_x, drag_y;   /* how far it was dragged */
    double mouse_x, mouse_y; /* where the mouse is */
};

/* `widget` can have the focus then. `hands` must stay. */
void hands_init(struct hands *hands, GtkWidget *widget, const struct hands_use *use, gpointer data);

#endif
