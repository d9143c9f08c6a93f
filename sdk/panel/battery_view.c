/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "battery_view.h"

#include "shapes.h"

#define WIDTH  210.0 /* of the case, pixels */
#define HEIGHT 92.0
#define WALL   5.0
#define ROUND  14.0

/* Below these the phone warns, and soon ends. */
static guint32 colour_of(double level)
{
    return level <= 5 ? 0xc01c28 : level <= 15 ? 0xe5a50a : 0x2e9e5b;
}

static void draw_bolt(cairo_t *cr, double x, double y, double size)
{
    static const double points[][2] = {{0.15, -1}, {-0.55, 0.15}, {-0.05, 0.15},
                                       {-0.15, 1}, {0.55, -0.2},  {0.05, -0.2}};

    cairo_new_path(cr);
    for (unsigned i = 0; i < G_N_ELEMENTS(points); i++) {
        cairo_line_to(cr, x + points[i][0] * size, y + points[i][1] * size);
    }
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void draw(GtkDrawingArea *area, cairo_t *cr, int w, int h, gpointer data)
{
    const struct battery_look *look = data;
    double x = (w - WIDTH) / 2, y = (h - HEIGHT) / 2;
    double inside = WIDTH - 4 * WALL;
    char text[16];
    GdkRGBA ink;

    gtk_style_context_get_color(gtk_widget_get_style_context(GTK_WIDGET(area)), &ink);
    gdk_cairo_set_source_rgba(cr, &ink);
    cairo_set_line_width(cr, WALL);
    shapes_rounded(cr, x + WALL / 2, y + WALL / 2, WIDTH - WALL, HEIGHT - WALL, ROUND);
    cairo_stroke(cr);
    shapes_rounded(cr, x + WIDTH + 3, y + HEIGHT / 3, 8, HEIGHT / 3, 3);
    cairo_fill(cr);
    shapes_colour(cr, colour_of(look->level), 1);
    shapes_rounded(cr, x + 2 * WALL, y + 2 * WALL, inside * CLAMP(look->level, 0, 100) / 100,
                   HEIGHT - 4 * WALL, ROUND - 2 * WALL);
    cairo_fill(cr);
    gdk_cairo_set_source_rgba(cr, &ink);
    if (look->charging) {
        draw_bolt(cr, x - 26, y + HEIGHT / 2, 26);
    }
    g_snprintf(text, sizeof(text), "%.0f %%", look->level);
    shapes_text(GTK_WIDGET(area), cr, x + WIDTH / 2, y + HEIGHT / 2, text, 2);
}

GtkWidget *battery_view_new(const struct battery_look *look)
{
    GtkWidget *view = gtk_drawing_area_new();

    gtk_drawing_area_set_content_height(GTK_DRAWING_AREA(view), (int)HEIGHT + 24);
    gtk_drawing_area_set_draw_func(GTK_DRAWING_AREA(view), draw, (gpointer)look, NULL);
    return view;
}
