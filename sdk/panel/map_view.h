/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The map as a widget, with the phone on it: drag moves it, the wheel, + and - change its scale, a
 * click or Enter (in the middle) chooses a place, the arrow keys move it.
 */
#ifndef PANEL_MAP_VIEW_H
#define PANEL_MAP_VIEW_H

#include <gtk/gtk.h>

#include "hands.h"
#include "map.h"

struct map_phone {
    gboolean there; /* FALSE: no reception */
    double lat, lon;
    double speed, course; /* m/s; degrees from north to east */
};

struct map_view {
    GtkWidget *widget;
    struct map map;
    struct map_phone phone;
    void (*chosen)(gpointer data, double lat, double lon);
    gpointer data;
    struct hands hands;
};

/* `view` must stay. */
void map_view_init(struct map_view *view, void (*chosen)(gpointer data, double lat, double lon),
                   gpointer data);

/* Where the phone is now; with `follow` that is in view then. */
void map_view_show(struct map_view *view, const struct map_phone *phone, gboolean follow);

/* map_draw.c */
void map_draw(GtkWidget *widget, cairo_t *cr, const struct map *map, const struct map_phone *phone);

#endif
