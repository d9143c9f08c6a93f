/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "lamp.h"

#include "shapes.h"

#define SIZE 22

struct look {
    guint32 colour;
    double bright;
};

static void draw(GtkDrawingArea *area G_GNUC_UNUSED, cairo_t *cr, int w, int h, gpointer data)
{
    const struct look *look = data;

    cairo_arc(cr, w / 2.0, h / 2.0, SIZE / 2.0 - 2, 0, 2 * G_PI);
    shapes_colour(cr, 0x808080, 0.25);
    cairo_fill_preserve(cr);
    shapes_colour(cr, look->colour, CLAMP(look->bright, 0, 1));
    cairo_fill_preserve(cr);
    shapes_colour(cr, 0x606060, 0.8);
    cairo_set_line_width(cr, 1.5);
    cairo_stroke(cr);
}

GtkWidget *lamp_new(void)
{
    GtkWidget *lamp = gtk_drawing_area_new();
    struct look *look = g_new0(struct look, 1);

    gtk_drawing_area_set_content_width(GTK_DRAWING_AREA(lamp), SIZE);
    gtk_drawing_area_set_content_height(GTK_DRAWING_AREA(lamp), SIZE);
    gtk_drawing_area_set_draw_func(GTK_DRAWING_AREA(lamp), draw, look, g_free);
    g_object_set_data(G_OBJECT(lamp), "look", look);
    return lamp;
}

void lamp_show(GtkWidget *lamp, guint32 colour, double bright)
{
    struct look *look = g_object_get_data(G_OBJECT(lamp), "look");

    *look = (struct look){colour, bright};
    gtk_widget_queue_draw(lamp);
}
