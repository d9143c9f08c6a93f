/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the panel's pictures are drawn with. */
#ifndef PANEL_SHAPES_H
#define PANEL_SHAPES_H

#include <gtk/gtk.h>

/* 0xrrggbb */
void shapes_colour(cairo_t *cr, guint32 colour, double opaque);

/* A new path: a rectangle with round corners. */
void shapes_rounded(cairo_t *cr, double x, double y, double w, double h, double radius);

/* Text with its middle at a point, in the widget's font, `size` times as large. */
void shapes_text(GtkWidget *widget, cairo_t *cr, double x, double y, const char *text, double size);

#endif
