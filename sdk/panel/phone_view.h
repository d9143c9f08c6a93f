/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A picture of the phone as it is held, which can be turned with the mouse and the arrow keys. */
#ifndef PANEL_PHONE_VIEW_H
#define PANEL_PHONE_VIEW_H

#include <gtk/gtk.h>

#include "hands.h"
#include "pose.h"

struct phone_view {
    GtkWidget *widget;
    struct pose pose;              /* in the picture */
    void (*turned)(gpointer data); /* the user has turned it */
    gpointer data;
    struct hands hands;
};

/* `view` must stay. */
void phone_view_init(struct phone_view *view, void (*turned)(gpointer data), gpointer data);

/* Not while the mouse has it. */
void phone_view_show(struct phone_view *view, const struct pose *pose);

#endif
