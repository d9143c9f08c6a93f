/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "shapes.h"

#include <math.h>

void shapes_colour(cairo_t *cr, guint32 colour, double opaque)
{
    cairo_set_source_rgba(cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                          (colour & 255) / 255.0, opaque);
}

void shapes_rounded(cairo_t *cr, double x, double y, double w, double h, double radius)
{
    double r = MIN(radius, MIN(w, h) / 2);

    cairo_new_path(cr);
    cairo_arc(cr, x + w - r, y + r, r, -G_PI_2, 0);
    cairo_arc(cr, x + w - r, y + h - r, r, 0, G_PI_2);
    cairo_arc(cr, x + r, y + h - r, r, G_PI_2, G_PI);
    cairo_arc(cr, x + r, y + r, r, G_PI, G_PI + G_PI_2);
    cairo_close_path(cr);
}

void shapes_text(GtkWidget *widget, cairo_t *cr, double x, double y, const char *text, double size)
{
    g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout(widget, text);
    PangoAttrList *attributes = pango_attr_list_new();
    int w, h;

    pango_attr_list_insert(attributes, pango_attr_scale_new(size));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_get_pixel_size(layout, &w, &h);
    cairo_move_to(cr, x - w / 2.0, y - h / 2.0);
    pango_cairo_show_layout(cr, layout);
}
